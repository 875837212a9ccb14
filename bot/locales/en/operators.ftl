# Operators

command-reload = Load the banks anew
operators-reloaded =
    The banks are loaded anew: { $count ->
        [one] 1 question
       *[other] { $count } questions
    }.
operators-problems =
    { $count ->
        [one] 1 problem
       *[other] { $count } problems
    }, so the old banks stay. All of them: kaoguan check
