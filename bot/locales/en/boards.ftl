# Boards

boards-day = Today
boards-week = This week
boards-month = This month
boards-all = All time
boards-everybody = Global board
boards-me = My rank
boards-hall = Hall of fame
boards-why = Explain
boards-join = Join global
boards-leave = Leave global
boards-row = { $rank }  { $name }  { $points } ({ $right }/{ $answered })
boards-place = { $rank }  { $name }  { $points }
boards-empty = Nobody has answered yet. Send /quiz for a question
boards-nowhere = You have not answered in this time yet. Send /quiz for a question
boards-hidden = You are on no board now. /hide has the way back
boards-alone = Only one person has answered this week. The points are kept, and count once somebody else answers.
boards-voided =
    { $count ->
        [one] 1 round was voided and counts for nothing.
       *[other] { $number } rounds were voided and count for nothing.
    }
boards-group-streak = Group streak: { $days } days{ $spare }
boards-own-streak =
    { $count ->
        [one] Streak: 1 day{ $spare }
       *[other] Streak: { $days } days{ $spare }
    }
boards-totals = Your points: { $week } this week, { $all } in all (here and in your groups)
boards-group = { $group }: rank { $rank } this week, { $points } points
boards-group-none = { $group }: no answer this week
boards-group-hidden = { $group }: { $points } points this week
boards-unknown = No topic is called “{ $wanted }”. For the whole board send /leaderboard
boards-unknown-close = No topic is called “{ $wanted }”. Close to it: { $close }

hide-on = From now on you are on no board and named in no result; your answers score as before.
hide-off = You are back on the boards, with every point.
hide-button-back = Back on the boards
hide-button-hide = Hide me

void-off =
    { $count ->
        [0] This round is void: “{ $prompt }”.
       *[other] This round is void: “{ $prompt }”. { $points } points removed.
    }
void-on =
    { $count ->
        [0] This round counts again: “{ $prompt }”.
       *[other] This round counts again: “{ $prompt }”. { $points } points restored.
    }
void-button-back = Undo
void-button-off = Void
void-none = I found no round to void. Reply to the poll or to its result with /void
void-admins-only = Only admins can void a round.

why-title = { $group } · { $span } · your { $points } points
why-right = { $date }  ✓ { $prompt } +{ $points }
why-again = { $date }  ✓ { $prompt }, right in the 7 days before: no points
why-held = { $date }  ✓ { $prompt }, { $points } points kept until somebody else answers that week
why-alone = { $date }  ✓ { $prompt }, nobody else answered that week: no points
why-wrong = { $date }  ✗ { $prompt }
why-voided = { $date }  · { $prompt }, void
why-nothing = No answers in this time.
why-not-yours = That is somebody else’s. Send /why for your own
why-private = Send /why in a group, or pick a group on /leaderboard.
