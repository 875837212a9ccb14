# 每日一题

daily-hour =
    { $days ->
        [weekdays] 工作日 { $time }{" "}
       *[all] 每天 { $time }{" "}
    }{ $kind ->
        [card] 出一道讨论题
        [few] 出几题
       *[quiz] 出一题
    }
daily-about = { $hour }：{ $about }
daily-never = 还没定每天几点出题。选个时间（时区：{ $zone }），或这样写：/daily 21:30
daily-paused = 连续 { $silent } 题没有人作答，先停着。发 /quiz，或请管理员点「恢复」。
daily-next-today = 下一题：今天 { $time }（时区：{ $zone }）
daily-next-tomorrow = 下一题：明天 { $time }（时区：{ $zone }）
daily-next-on = 下一题：{ $date } { $time }（时区：{ $zone }）
daily-unreminded = { $time } 的提醒取消了：它得晚于出题。
daily-off = 关闭
daily-hour-hint = 换主题这样写：/daily { $time } 主题名{ $rest }
daily-quiz = 测验
daily-card = 讨论
daily-every-day = 每天
daily-weekdays = 工作日
daily-drop = 去掉
daily-pin = 置顶
daily-resume = 恢复

daily-mistake = 没看懂「{ $typed }」。这样写：/daily 21:30，或 /daily off
daily-mistake-group = 没看懂「{ $typed }」。这样写：/daily 09:00 工作日 讨论，去掉就写 /daily 09:00 off
daily-unknown = 没有叫「{ $wanted }」的主题。时间后面可以写主题、「工作日」、「讨论」，如 /daily 09:00 工作日
daily-unknown-close = 没有叫「{ $wanted }」的主题。相近的有：{ $close }。这样写：/daily 09:00 主题名 工作日
daily-close = 两次出题至少隔 { $apart } 分钟，现在有 { $hours }。
daily-many = 一天最多 { $most } 次，现在有 { $hours }。先去掉一个。

daily-pausing = 连续 { $silent } 题没有人作答，每日一题先停下。想接着练，发 /quiz，或请管理员点「恢复」。

daily-in-group = 「{ $group }」：{ $what }
trouble-polls = 每日一题发不出去，因为不允许我发投票。请打开「发送投票」权限，或把这一题改成讨论题。
trouble-rights = 每日一题发不出去，因为不允许我发消息。请打开「发送消息」权限。
trouble-thread = 定好每日一题的话题关闭了，或已经删除。打开它，或到别的话题里重新发 /daily { $time }
trouble-slow = 群里开着慢速模式，每日一题会晚到，也可能发不出去。把我设为管理员就不受限制。
trouble-pin = 每日一题照常发，但我没有置顶的权限。请打开「置顶消息」权限，或在群里发 /daily 取消置顶
