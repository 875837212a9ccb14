# Shared by several features

list-comma = { ", " }
month-name =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
days-one = { $first } { $month }
days-within = { $first }–{ $last } { $month }
days-across = { $first } { $month } – { $last } { $next }
day-of-week =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    } { $day }
day-in-year = { $day } { $year }
days-years = { $first } – { $last }
streak-spare =
    { $count ->
        [one] , 1 day may be missed
       *[other] , { $days } days may be missed
    }
anonymous-who = You write anonymously, so I do not know who you are. Send it again as yourself.
