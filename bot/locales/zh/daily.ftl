# 每日一题

daily-at = 每天 { $time } 出一题（时区：{ $zone }）。
daily-never = 现在没有每日一题。要的话选个时间（时区：{ $zone }），或这样写：/daily 21:30
daily-next-today = 下一题：今天 { $time }
daily-next-tomorrow = 下一题：明天 { $time }
daily-next-on = 下一题：{ $date } { $time }
daily-off = 关闭
daily-mistake = 没看懂「{ $typed }」。这样写：/daily 21:30，或 /daily off
