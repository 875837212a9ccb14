# The daily question

daily-hour =
    { $kind ->
        [card] A question to discuss
        [few] A few questions
       *[quiz] One question
    }{ $days ->
        [weekdays] {" "}at { $time } on weekdays
       *[all] {" "}at { $time } every day
    }
daily-about = { $hour }: { $about }
daily-never = No hour is set yet. Choose one ({ $zone } time) or write /daily 21:30
daily-paused = Nobody answered { $silent } in a row, so it pauses. Send /quiz, or an admin presses Resume.
daily-next-today = Next: today at { $time } ({ $zone } time)
daily-next-tomorrow = Next: tomorrow at { $time } ({ $zone } time)
daily-next-on = Next: { $date } at { $time } ({ $zone } time)
daily-unreminded = The reminder at { $time } is gone: it has to come after the questions.
daily-off = Off
daily-hour-hint = For another topic put its name here: /daily { $time } topic{ $rest }
daily-quiz = Quiz
daily-card = Discussion
daily-every-day = Every day
daily-weekdays = Weekdays
daily-drop = Remove
daily-pin = Pin
daily-resume = Resume

daily-mistake = I did not understand “{ $typed }”. Write /daily 21:30, or /daily off
daily-mistake-group = I did not understand “{ $typed }”. Write /daily 09:00 weekdays card, or /daily 09:00 off to remove it
daily-unknown = No topic is called “{ $wanted }”. After the hour you can write a topic, “weekdays” and “card”: /daily 09:00 weekdays
daily-unknown-close = No topic is called “{ $wanted }”. Close to it: { $close }. Write /daily 09:00, the topic, and “weekdays” if you like
daily-close = Hours must be { $apart } minutes apart; there is { $hours } already.
daily-many = A group has { $most } hours a day at most: { $hours }. Remove one first.

daily-pausing = Nobody answered the last { $silent } daily questions, so they pause. To go on, send /quiz, or an admin presses Resume.

daily-in-group = “{ $group }”: { $what }
trouble-polls = The daily question cannot be posted: I may not send polls. Allow “Send polls”, or make that hour a discussion.
trouble-rights = The daily question cannot be posted: I may not send messages. Allow “Send messages”.
trouble-thread = The daily question’s thread is closed or deleted. Open it, or send /daily { $time } in another one.
trouble-slow = Slow mode is on, so the daily question comes late or not at all. Make me an admin and it no longer applies.
trouble-pin = The daily question is posted, but I may not pin it. Allow “Pin messages”, or send /daily unpin in the group.
