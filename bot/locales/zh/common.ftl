# 各处共用

list-comma = 、
month-name = { $month } 月
days-one = { $month } { $first } 日
days-within = { $month } { $first }–{ $last } 日
days-across = { $month } { $first } 日–{ $next } { $last } 日
day-of-week = { $day }（周{ $weekday ->
    [1] 一
    [2] 二
    [3] 三
    [4] 四
    [5] 五
    [6] 六
   *[7] 日
}）
day-in-year = { $year } 年 { $day }
days-years = { $first }–{ $last }
streak-spare = ，可再缺 { $days } 天
anonymous-who = 你现在匿名发言，我不知道你是谁。换成自己的身份再发一次。
