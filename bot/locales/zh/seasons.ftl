# 一周、一月的收尾

seasons-week = 本周小结 · { $when }
seasons-month = 本月小结 · { $when }
seasons-month-of = { $year } 年 { $month }
seasons-improved = 进步最大：{ $name }（+{ $number }）
seasons-longest = 连续最久：{ $name } { $number } 天
seasons-part = { $rounds } 题，{ $people } 人作答{ $before }
seasons-before = （上一期 { $people } 人）
seasons-missed = 最容易错的：
seasons-missed-row = { $at }. { $prompt }　{ $answered } 人答，{ $wrong } 人错
seasons-lesson = { $at }. { $advice }
seasons-lesson-lure = { $at }. 错的人多选「{ $choice }」。{ $advice }
seasons-button-again = 再问这 { $number } 题
seasons-again = 好，接下来先问这 { $number } 题
seasons-again-already = 已经排上了，接下来会先问
seasons-hall-row = { $when }　{ $won }
seasons-hall-empty = 还没有人上榜。每周、每月结束时，前三名记在这里。
seasons-advice = { $advice }（{ $source }）
seasons-tied = 还有 { $number } 人并列
