# 排行

boards-week = 本周
boards-all = 全部
boards-month = { $month } 月
boards-days = { $month } { $first }–{ $last } 日
boards-days-across = { $month } { $first } 日–{ $next } { $last } 日
boards-row = { $rank }  { $name }　{ $points }（{ $right }/{ $answered }）
boards-empty = 还没有人作答。发 /quiz 来一题
boards-totals = 你的积分：本周 { $week }，全部 { $all }（私聊和各群合计）
