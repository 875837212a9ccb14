# Boards

boards-week = This week
boards-all = All time
boards-month =
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
boards-days = { $first }–{ $last } { $month }
boards-days-across = { $first } { $month } – { $last } { $next }
boards-row = { $rank }  { $name }  { $points } ({ $right }/{ $answered })
boards-empty = Nobody has answered yet. Send /quiz for a question
boards-totals = Your points: { $week } this week, { $all } in all (here and in your groups)
