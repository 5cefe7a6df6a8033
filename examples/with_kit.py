"""The same with the kit: python with_kit.py QUESTION.wav ANSWER.wav"""

import os
import sys

import glmkit as glm

question, saved = sys.argv[1:]
url, key = os.environ.get("GLM_URL"), os.environ.get("ZHIPU_API_KEY")
with glm.connect(url, api_key=key) as session:
    turn = session.say(question)
turn.audio.write(saved)
session.save("conversation.glm")
print("heard:", turn.user_transcript, "\nsaid:", turn.transcript)
print(turn.latency, turn.explain(), sep="\n")
