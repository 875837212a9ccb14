# 排行

boards-day = 今天
boards-week = 本周
boards-month = 本月
boards-all = 全部
boards-everybody = 总榜
boards-me = 我的名次
boards-hall = 名人堂
boards-why = 看明细
boards-join = 加入总榜
boards-leave = 退出总榜
boards-row = { $rank }  { $name }　{ $points }（{ $right }/{ $answered }）
boards-place = { $rank }  { $name }　{ $points }
boards-empty = 还没有人作答。发 /quiz 来一题
boards-nowhere = 这段时间你还没有作答。发 /quiz 来一题
boards-hidden = 你现在不在任何榜上。发 /hide 可以回来
boards-alone = 本周只有一个人作答，分先记下；有第二个人作答后一并计入。
boards-voided = 有 { $number } 题作废，不计分。
boards-group-streak = 全组连续 { $days } 天{ $spare }
boards-own-streak = 连续 { $days } 天{ $spare }
boards-totals = 你的积分：本周 { $week }，全部 { $all }（私聊和各群合计）
boards-group = { $group }：本周第 { $rank } 名，{ $points } 分
boards-group-none = { $group }：本周还没有作答
boards-group-hidden = { $group }：本周 { $points } 分
boards-unknown = 没有叫「{ $wanted }」的主题。看总的排行发 /leaderboard
boards-unknown-close = 没有叫「{ $wanted }」的主题。相近的有：{ $close }

hide-on = 好，从现在起你不在任何榜上，结果里也不点名；作答照常计分。
hide-off = 你回到榜上了，分一分不少。
hide-button-back = 回到榜上
hide-button-hide = 隐去

void-off =
    { $count ->
        [0] 这一题作废了：「{ $prompt }」。
       *[other] 这一题作废了：「{ $prompt }」，已从榜上扣除 { $points } 分。
    }
void-on =
    { $count ->
        [0] 这一题恢复了：「{ $prompt }」。
       *[other] 这一题恢复了：「{ $prompt }」，{ $points } 分回到榜上。
    }
void-button-back = 恢复
void-button-off = 作废
void-none = 没找到要作废的题。回复那道投票或它的结果，再发 /void
void-admins-only = 只有管理员能作废一题。

why-title = { $group } · { $span } · 你的 { $points } 分
why-right = { $date }  ✓ { $prompt } +{ $points }
why-again = { $date }  ✓ { $prompt }，7 天内答对过，不计分
why-held = { $date }  ✓ { $prompt }，{ $points } 分先记下：本周还没有别人作答
why-alone = { $date }  ✓ { $prompt }，那周没有别人作答，不计分
why-wrong = { $date }  ✗ { $prompt }
why-voided = { $date }  · { $prompt }，已作废
why-nothing = 这段时间没有作答。
why-not-yours = 这是别人的。发 /why 看你自己的
why-private = 在群里发 /why，或者发 /leaderboard 选一个群。
