// All widgets in one: the options say which is shown.

import { AnswerEngine, answerView } from "./answer.js";
import { RecorderEngine } from "./recorder.js";
import { recorderView } from "./recorder_view.js";
import { TalkEngine } from "./talk.js";
import { talkView } from "./talk_view.js";

const KINDS = {
  answer: [(model) => new AnswerEngine(model), answerView],
  recorder: [(model) => new RecorderEngine(model), recorderView],
  talk: [(model) => new TalkEngine(model), talkView],
};

/** A factory, because `initialize` and `render` get different proxies of one model. */
export const widget = () => {
  let engine = null;
  return {
    initialize({ model }) {
      const [begin] = KINDS[model.get("options").kind];
      engine = begin(model);
      return () => engine.lost("closed");
    },
    render({ model, el }) {
      const { kind, look } = model.get("options"); // look: as cards carry it, see style_sheet.py
      const [, view] = KINDS[kind];
      const close = view(engine, el);
      if (kind !== "answer") el.classList.add("glmkit-has-still"); // see exported_still.py
      if (look) el.firstElementChild.dataset.glmLook = look;
      const away = () => engine.unseen();
      addEventListener("pagehide", away);
      return () => {
        removeEventListener("pagehide", away);
        close();
      };
    },
  };
};
