# Answers in writing: written, judged, rated by oneself

typed-note = Noted. Go on if there is more, or tap Done; after two minutes of silence I take it as done.
typed-done = Done
typed-below = Noted. How it went stands below.
typed-ungraded = Nobody has said which points make a good answer here. Compare with the reference yourself.

typed-score = { $hit } of { $all } points · { $band }
typed-band-solid = solid
typed-band-partial = partial
typed-band-not-yet = not yet
typed-hit = ✓ { $say } — “{ $quote }”
typed-hit-bare = ✓ { $say }
typed-hit-own = ✓ { $say } — you said so
typed-missed = ✗ Left out: { $say }
typed-wrong = ✗ Not so: “{ $quote }”. { $right }
typed-unsure = I am not sure about this one; please check it yourself.
typed-suggestion = Suggested: { $rating }
typed-offline-failed = Graded offline: { $host } gave no second opinion
typed-offline-paused = Graded offline: { $host } is out of reach for now
typed-offline-spent = Graded offline: today’s second opinions are used up
typed-late = Edited after the rating, which does not count. To make it count: /undo, then edit again.
typed-claim = I did say that
typed-said = I said: { $say }
typed-back = I did not say: { $say }

typed-points = { $hit } of { $all } filled in
typed-missed-again = ✗ Still missing: { $say }
typed-whole = Now answer the whole question, and tap Done at the end.
typed-enough = Grade it as it is

typed-flag-empty = I see no words.
typed-flag-unknown = Not knowing is fine. Read the reference once.
typed-flag-echo = That is the question; the answer has yet to begin.
typed-flag-copy = This is nearly the reference word for word. Close it and say it in your own words, and it will stay.
typed-flag-list = These are terms, not yet sentences, so your understanding does not show.
typed-flag-scatter = Many words, few of them to the point. Say the few that matter.
typed-flag-tangle = Several ideas share one sentence, and how they relate is not clear.
typed-flag-elsewhere = Some points are there, but all in all this reads like the answer to another question, one close by. Answer this one first.
