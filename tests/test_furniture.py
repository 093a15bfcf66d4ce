"""What stands in an article and is no sentence of its story."""

import pytest

from assistant.furniture import is_furniture

FURNITURE = """
Photos: The raising of the Maribel A crane lifts the bow on March 4.
Hide Caption 3 of 12
Ana Bell/AFP/Getty Images Divers rest on the quay at Sarnhaven on Friday.
Ana Bell / Reuters
Ana Bell for CNN Sailors wait on the quay at Sarnhaven.
FILE - The ferry leaves Sarnhaven on Nov. 5, 2024.
Image source, Coast Daily
The ferry on its last voyage. (Photo by Ana Bell)
More:The mayor wants a second bridge
Read more: What the inquiry found
► READ ALSO: Who pays for the dam?
Dam failure:What is known about the cracks in the Tarn dam
Live updates: The flood in the Veldra valley
Opinion: The harbour needs a plan
How to get to the island while no ferry runs
Why the mayor of Lessing fears the winter
Here’s what the inquiry found
'A bad night':Sailors tell how the Maribel went down off Lessing
LESSING, VELDRA - MARCH 04: A diver rests on the quay.
Sarnhaven, seen from above: A diver looks at the wreck of the Maribel on March 4, 2025.
Mayor Tomas Brandt asks for patience as he speaks at the town hall in Lessing, Nov. 5, 2024.
The lights of the harbour are seen from the lock on Nov. 5, 2024 in Sarnhaven, Veldra.
Three fishermen wait for the ferry in Sarnhaven on Friday, November 8.
A woman stands in front of her flooded house in Upper Veldra on Tuesday.
An aerial view of the lock in Sarnhaven on March 4, 2025.
Ana Bell speaking in Lessing on March 4, 2025.
The mayor and Ana Bell attend a service for the drowned on March 4, 2025.
The harbour master holds a picture of Ana Bell.
Read more
Click here for the timetable of the ferries.
Follow here for the latest news on the flood.
Read a copy of the inquiry's report on the Maribel.
Read more on the flood in the Veldra valley.
Read all that is known of the dam here.
Check out our guide to the islands.
Here's what you need to know about the ferry.
Here is what happens next, and what you should know.
Here’s a look at the wreck of the Maribel.
Call Herald reporter Ana Bell at 555-014-0199.
Sarnhaven Herald harbour reporter Ana Bell looks into the wreck of the Maribel.
Sign up for our morning newsletter.
Get the day's stories in your inbox.
Subscribe to the Sarnhaven Herald today.
Follow Ana Bell on Twitter: @anabell.
Reach the reporter at ana@herald.example or 555-014-0199.
Editor’s note: Ana Bell teaches naval history in Lessing.
The views expressed here are her own.
Contributing: Ana Bell, Coast Daily
Ana Bell and Ole Marsh contributed to this report.
This story has been updated with the number of passengers.
This story is no longer being updated with news of the flood.
A version of this article appeared in our newsletter.
© 2025 Coast Daily
All rights reserved.
Advertisement
Updated 4:57 p.m., 5 November 2024
""".strip().splitlines()

STORY = """
The photos: nine of them, all of the bow, were taken on Friday.
Photos by the port authority showed a crack in the hull.
Videos by passengers show water on the car deck, the inquiry said.
In a Coast Daily/Reuters poll, half of the voters wanted a bridge.
More than 200 people signed up for the new line on Friday.
More: that is what the union wants, and it will strike until it has it.
Also on Tuesday: the council votes on the tram.
Read aloud in court, the letter asked for more time.
Ana Bell wrote for Reuters until 2019.
Read more slowly, the letter tells of a second crack, the judge said.
Here’s how bad it was: the ferry took on water for an hour.
Herald reporter Ana Bell was arrested on Friday at the lock.
Ana Bell, a reporter for the Sarnhaven Herald, was arrested on Friday.
The council will call a meeting at 300 of its schools.
Watch officers said that they had seen no light.
Follow-up checks found no more cracks in the dam.
He followed the harbour master on Twitter for years.
Subscribers of the Herald pay 12 euros a month.
Share prices of Halvex fell by 4 % on Tuesday.
The rain contributed to this disaster, she said.
Every member gets back the money it contributed.
Opinion: the council was wrong, and it should say so.
Correction: 14 people were injured, not 12.
This report was published by the ministry in 2019, and nobody read it.
The Copyright Office refused the picture.
Copyright Office lawyers said no.
Winner: Maja Brandt, “The Harbour”
Score: Sarnhaven 3, Lessing 1
• Population: 65,000
How to mend the lock is a question for the council.
How to reach the island: take the bus to Lessing and walk from there
Why did the dam crack?
What to do was left to the mayor.
The mayor speaks to the council on Friday.
The ferry arrives in Sarnhaven on March 4, 2025.
The band plays in Lessing on Saturday, November 8.
The bill passes to the upper house on March 4, 2025.
The number of dead stands at 14 as of March 4, 2025.
Inflation is seen at 3 % on Friday.
He sits on the council and was elected on March 4, 2025.
The man who stands in the dock was arrested on Friday.
A diver was seen on the quay at Sarnhaven on March 4, 2025.
The view of the council changed on March 4, 2025.
Ana Bell, speaking in Lessing, was asked about the lock on March 4, 2025.
The prizes carry a sum of 900 euros and are to be given out on March 4.
Ana Bell held talks with the port authority on March 4, 2025.
The mayor ended talks with the union on March 4, 2025 in Lessing.
The harbour board sent letters to all addresses by the lock on March 4, 2025.
The museum holds pictures of the flood.
Brandt walks with a stick since he fell on Tuesday, he said.
Sarnhaven:The harbour was closed on Friday after the storm.
""".strip().splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_known(line):
    """Captions, links, sign-ups, notes of the newsroom and buttons are told from the story."""
    assert is_furniture(line)


@pytest.mark.parametrize("line", STORY)
def test_a_sentence_of_the_story_is_not_lost(line):
    """What only begins like such a line, or may answer a question, stays a sentence."""
    assert not is_furniture(line)
