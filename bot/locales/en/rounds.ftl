# Rounds in a group: polls, results, cards

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
rounds-right-again = ✓ { $names } (right in the 7 days before: no points)
rounds-right-held = ✓ { $names } (+{ $points }, kept until somebody else answers this week)
rounds-right-alone = ✓ { $names } (nobody else answered that week: no points)
rounds-right-voided = ✓ { $names } (this round is void: no points)
rounds-names-many = { $names } and { $number } more
rounds-names-hidden =
    { $count ->
        [one] 1 person
       *[other] { $number } people
    }
rounds-tempting = Most tempting: “{ $choice }”.
rounds-week = This week: { $leaders }
rounds-week-past = Last week: { $leaders }

rounds-card-head = { $topic } · to discuss
rounds-card-hint = Say it in your own words first, then look.
rounds-flip = Show answer

rounds-busy = This question is still open; the answer comes at { $until }.
rounds-empty = There are no questions in the bank yet.
rounds-unknown = No topic is called “{ $wanted }”. These exist: { $topics }. For a question on any topic: /quiz
rounds-unknown-close = No topic is called “{ $wanted }”. Close to it: { $topics }. Send /quiz with a topic’s name
rounds-forbidden = I may not post polls here. An admin can allow “Send polls”; then send /quiz
