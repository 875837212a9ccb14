# Vacations

vacation-none = You are not on vacation.
vacation-now = On vacation: { $days }.
vacation-open = On vacation, for as long as you like.
vacation-planned = Vacation noted: { $days }.
vacation-piled = Piled up: { $due } reviews. They come over { $days } days, { $each } still today.
vacation-piled-done = Piled up: { $count ->
    [one] 1 review
   *[other] { $due } reviews
}. Today’s are done; the rest comes over the next days.
vacation-piled-last = Piled up: { $count ->
    [one] 1 review; it comes today.
   *[other] { $due } reviews; they come today.
}
vacation-rules = On vacation nothing is sent, and your streak neither grows nor breaks. What piles up comes back over several days.
vacation-ask = How many days, from today on? You can also write /vacation 12-01 12-14
vacation-button-days = { $days } days
vacation-button-open = Until I say
vacation-button-back = I am back
vacation-button-cancel = Cancel it
vacation-button = Vacation
vacation-length = A vacation has 1 to { $most } days, so “{ $typed }” is none. Write /vacation 7; or, if you do not know yet, /vacation on
vacation-past = “{ $typed }” has a day that is past; a vacation begins today or later. Write /vacation 7, or /vacation 12-01 12-14
vacation-reversed = “{ $typed }” ends before it begins. Write the first day first: /vacation 12-01 12-14
vacation-far = “{ $typed }” is too far away; { $date } is the furthest. If you do not know yet: /vacation on
vacation-unknown = I do not understand “{ $typed }”. Write /vacation 7, or /vacation 12-01 12-14; and when you are back, /vacation off
