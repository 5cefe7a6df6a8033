// The end of the module: what anywidget, and the kit's own page, call.

const KINDS = {
  recorder: [(model) => new RecorderEngine(model), recorderView],
  talk: [(model) => new TalkEngine(model), talkView],
};

/** A factory, because `initialize` and `render` get different proxies of one model. */
export default () => {
  let engine = null;
  return {
    initialize({ model }) {
      const [begin] = KINDS[model.get("options").kind];
      engine = begin(model);
      return () => engine.lost("closed");
    },
    render({ model, el }) {
      const [, view] = KINDS[model.get("options").kind];
      const close = view(engine, el);
      const away = () => engine.unseen();
      addEventListener("pagehide", away);
      return () => {
        removeEventListener("pagehide", away);
        close();
      };
    },
  };
};
