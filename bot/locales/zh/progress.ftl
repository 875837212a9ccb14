# 学习进度的图，和图下的按钮

progress-streak = 连续学习
progress-days = { $days } 天
progress-spare = 可再缺 { $days } 天
progress-spare-none = 还没有可缺的天
progress-kept = { $days } 天记住率
progress-reviews = 复习 { $reviews } 次
progress-year = 过去一年
progress-weekday = { $day ->
    [1] 一
    [3] 三
   *[5] 五
}
progress-less = 少
progress-more = 多
progress-ahead = 未来 { $days } 天到期
progress-ahead-note = 共 { $reviews } 题
progress-today = 今天
progress-topics = 各主题掌握
progress-mature = 记牢
progress-young = 在记
progress-new = 没问过
progress-topics-more = 另有 { $number } 个主题
progress-theme-dark = 深色
progress-theme-light = 浅色
