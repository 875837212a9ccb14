# Rounds in a group: polls, results, cards

rounds-comma = { ", " }
rounds-count =
    { $answered ->
        [one] { $topic } · { $answered } answer, { $right } right
       *[other] { $topic } · { $answered } answers, { $right } right
    }
rounds-nobody = { $topic } · nobody answered
rounds-right =
    { $count ->
        [one] ✓ { $names } (+{ $points })
       *[other] ✓ { $names } (+{ $points } each)
    }
rounds-right-many = ✓ { $names } … { $count } in all (+{ $points } each)
rounds-tempting = Most tempting: “{ $choice }”.
rounds-week = This week: { $leaders }

rounds-card-head = { $topic } · to discuss
rounds-card-hint = Say it in your own words first, then look.
rounds-flip = Show answer

rounds-busy = This question is still open; the answer comes at { $until }.
rounds-empty = There are no questions in the bank yet.
rounds-unknown = No topic is called “{ $wanted }”. For a question on any topic: /quiz
rounds-unknown-close = No topic is called “{ $wanted }”. Close to it: { $close }. Send /quiz with a topic’s name
rounds-forbidden = I may not post polls here. An admin can allow “Send polls”; then send /quiz
