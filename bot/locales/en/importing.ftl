# Bringing back: /import

import-ask =
    Send me the file: the ZIP of an export, the export.json in it, or an .apkg from Anki.
    I merge the reviews, none twice, and take over study settings and suspended questions; boards, points and streaks stay as they are.
import-no-file = That is no file I can import: I am still waiting for the ZIP, the export.json or an .apkg; if it answers a question, send it again as a reply to that.
import-how = To import this file, send /import first, then the file.
import-done =
    { $total ->
        [0] There are no reviews in this file that I can use.
        [one] 1 review in this file, { $new ->
            [0] there already
           *[other] and it is new
        }.
       *[other] { $number } reviews in this file, { $new ->
            [0] all there already
           *[other] { $added } of them new
        }.
    }
import-unknown =
    { $count ->
        [one] 1 more was left out, of a question that no bank here has.
       *[other] { $reviews } more were left out, of questions that no bank here has: { $questions }.
    }
import-own-study = Your study settings came along, but for those you have changed here.
import-own-suspended =
    { $count ->
        [one] 1 question stays suspended.
       *[other] { $number } questions stay suspended.
    }
import-own-exam = Your exam is on { $day }: /exam
import-next = To go on: /quiz
import-other = This export is not yours: it names { $name }, number { $id }; your number is { $mine }.
import-other-unnamed = This export is not yours: its number is { $id }, yours is { $mine }.
import-other-has =
    It has { $count ->
        [one] 1 review
       *[other] { $number } reviews
    } on { $days }. Taken over, all of it counts as yours, with study settings and suspended questions; that cannot be undone.
import-take = Take it over
import-leave = Leave it
import-left = Left alone. Nothing has changed.
import-settled = That file has been dealt with.
import-late = That button is too old: send /import, then the file again.
import-too-big = That file is too large: 20 MB is all I can take. Nothing has changed.
import-lost = I could not fetch that file. Send it again. Nothing has changed.
import-foreign = That is no export of mine, and no .apkg. Nothing has changed.
import-broken = That file is damaged or was altered, so I cannot read it. Nothing has changed.
import-large = There is more in that file than I can read. Nothing has changed.
import-newer = That file comes from a newer version than I am. Nothing has changed.
import-zstd = That .apkg is in Anki’s newer format. Export it once more with “Support older Anki versions” and your learning progress ticked. Nothing has changed.
import-future = Some reviews in that file have not happened yet, so I cannot use it. Nothing has changed.

command-import = Bring exported reviews back
