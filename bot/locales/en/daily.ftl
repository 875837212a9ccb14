# The daily question

daily-at = One question a day at { $time } ({ $zone } time).
daily-never = There is no daily question now. For one a day, choose an hour ({ $zone } time) or write /daily 21:30
daily-next-today = Next: today at { $time }
daily-next-tomorrow = Next: tomorrow at { $time }
daily-next-on = Next: { $date } at { $time }
daily-off = Off
daily-mistake = I did not understand “{ $typed }”. Write /daily 21:30, or /daily off
