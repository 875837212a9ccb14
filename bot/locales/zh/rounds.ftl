# 群里的题：投票、结果、讨论题

rounds-count = { $topic } · { $answered } 人作答，{ $right } 人答对
rounds-nobody = { $topic } · 没有人作答
rounds-right =
    { $count ->
        [1] ✓ { $names }（+{ $points }）
       *[other] ✓ { $names }（各 +{ $points }）
    }
rounds-right-again = ✓ { $names }（7 天内答对过，不再计分）
rounds-right-held = ✓ { $names }（+{ $points }，先记下：本周有第二个人作答就算数）
rounds-right-alone = ✓ { $names }（那周没有别人作答，不计分）
rounds-right-voided = ✓ { $names }（本题作废，不计分）
rounds-names-many = { $names } 等 { $number } 人
rounds-names-hidden = { $number } 人
rounds-tempting = 最容易误选「{ $choice }」。
rounds-week = 本周：{ $leaders }
rounds-week-past = 上周：{ $leaders }

rounds-card-head = { $topic } · 讨论题
rounds-card-hint = 先各自说说，再看答案。
rounds-flip = 看答案

rounds-busy = 这一题还没结束，{ $until } 公布答案。
rounds-empty = 题库里还没有题。
rounds-unknown = 没有叫「{ $wanted }」的主题。有这些：{ $topics }。不限主题就发 /quiz
rounds-unknown-close = 没有叫「{ $wanted }」的主题。相近的有：{ $topics }。发 /quiz 加主题名
rounds-forbidden = 本群不允许我发投票。请管理员打开「发送投票」权限，再发 /quiz
