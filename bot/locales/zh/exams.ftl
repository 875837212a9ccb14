# 考试计划

exam-head = 考试 { $date }，还有 { $days } 天
exam-head-about = 考试 { $date }，还有 { $days } 天 · { $about }
exam-date = { $year } 年 { $day }
exam-new = 新题 { $number } 道，每天最多 { $most } 道
exam-new-none = 题都问过了，剩下的是复习
exam-reviews = 复习每天约 { $mean } 道，最多的一天 { $most } 道
exam-today = 今天还有：新题 { $new } 道，复习 { $reviews } 道
exam-today-done = 今天的都做完了
exam-today-it-is = 就是今天，没有要排的了。想快过一遍：/cram
exam-forgotten = 到那天，{ $of } 题里大约会忘 { $number } 题。最悬的：
exam-forgotten-few = 到那天，{ $of } 题里大约会忘 { $number } 题
exam-remembered = 到那天，问过的 { $of } 题大概都还记得
exam-tight-new = 排不下：每天 { $most } 道新题，到那天还有 { $left } 道没问过。每天 { $need } 道就排得下。
exam-tight-reviews = 排不下：复习每天最多 { $most } 道，到那天还欠 { $left } 道。每天 { $need } 道就排得下。
exam-later = 照现在的量，{ $date }考才来得及。
exam-raise-new = 每天 { $number } 道新题
exam-raise-reviews = 每天 { $number } 道复习
exam-pushed = 每天的题按这个计划来。取消：/exam off
exam-unpushed = 还没定每天几点出题：/daily 21:00
exam-none = 没有考试计划。这样写：/exam { $day }，后面可以加主题。
exam-over = { $date }的考试过了，计划到此为止，复习照常。
exam-off = 计划取消了，复习照常。
exam-no-day-none = 没看懂「{ $typed }」是哪一天。这样写：/exam { $day }
exam-no-day-past = 「{ $typed }」不在今天之后，排不了。这样写：/exam { $day }
exam-no-day-far = 「{ $typed }」太远了，最多排到两年后。这样写：/exam { $day }
exam-unknown = 没有叫「{ $typed }」的主题。有这些：{ $topics }。这样写：/exam { $day }，再加主题。
