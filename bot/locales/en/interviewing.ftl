# A mock interview: question by question, asked on where an answer is thin, judged at the end

interview-begins =
    Let us begin: { $count ->
        [one] one question
       *[other] { $number } questions
    }, about { $minutes } minutes.
    Speak as you would face to face, in writing or by voice.
    Tap Done when you have finished; two minutes of silence will do, too.
    If you do not know, say “I don’t know” and I go on.
    Nothing is marked in between; the verdict comes at the end.
interview-only = There are not that many questions; all there are will be asked.
interview-bounds = An interview has 1 to { $most } questions.
interview-goes-on = This one is not over, so it goes on. For another, tap Stop here first.
interview-head = Question { $at } of { $of } · { $elapsed } min gone, { $planned } planned
interview-on = Follow-up: { $ask }
interview-listening = I am listening. Go on, and say “done” when that is all.
interview-done = Done
interview-stop = Stop here
interview-nothing = There is nothing to ask here.
interview-everything = all topics

interview-over = Interview over · { $about } · { $count ->
    [one] one question
   *[other] { $number } questions
} · { $minutes } min
interview-unanswered = It ended before anything was answered. For another one: /interview
interview-verdict-strong = Solid throughout. You can go to an interview like this.
interview-verdict-fair = At least half was solid. Close the gaps below first.
interview-verdict-weak = Much is still missing. Work through what follows and come back in a few days.
interview-verdict-none = I cannot judge this one. Compare with the answers yourself.
interview-strong = Strong
interview-gaps = Gaps
interview-gap =
    ✗ { $question }
    { $gaps }
interview-gap-comma = ;{" "}
interview-yourself =
    · { $question }
    Please judge it yourself
interview-read = To read
interview-rate = Below is a suggested rating for each question; tap one to change it. Nothing is planned until you confirm.
interview-plan = Plan the reviews
interview-planned = Planned: { $when }.
interview-back = { $days ->
    [0] { $number } today
    [1] { $number } tomorrow
   *[other] { $number } in { $day } days
}
