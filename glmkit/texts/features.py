"""What needs more packages than client and emulator do, and what serves meanwhile."""

TEXTS = {
    "features.needed": (
        "not installed here: {packages}, needed for {feature}. Run: {command}",
        "这里没有安装 {packages}，无法使用{feature}。请运行 {command}",
    ),
    "features.all": (
        " (or, in a clone of the kit, python -m pip install -r requirements.txt: all that it can "
        "use)",
        "（或在 glmkit 的克隆目录中运行 python -m pip install -r requirements.txt，一次装齐）",
    ),
    "features.comma": (", ", "、"),
    # what for
    "features.for_figures": ("figures", "绘图功能"),
    "features.for_pitch": ("pitch, spectrograms and loudness", "音高、语谱图和响度分析"),
    "features.for_tables": ("tables", "表格功能"),
    "features.for_players": ("players in a notebook", "Jupyter 笔记本里的播放器"),
    "features.for_widgets": (
        "the recorder and live talk in a notebook",
        "笔记本里的录音与实时对话控件",
    ),
    "features.for_key_field": ("asking for a key in a notebook", "笔记本里的密钥输入框"),
    "features.for_hands": ("the lessons' controls", "课程里可拖动的控件"),
    "features.for_notebooks": ("the notebooks", "Jupyter 笔记本"),
    "features.for_demo": ("the demo, which runs a notebook", "演示命令"),
    "features.for_nested_loops": ("allow_nested_loops()", "allow_nested_loops()"),
    "features.for_voice_activity": (
        "voice activity detection (server VAD)",
        "语音活动检测（服务端 VAD）",
    ),
    "features.for_recognition": ("recognising speech", "语音识别"),
    "features.for_mandarin": ("speaking Mandarin", "中文语音合成"),
    "features.for_english": ("speaking English", "英文语音合成"),
    "features.for_scores": ("error rates of what was recognised", "识别错误率"),
    "features.for_means": ("how sure a mean is", "平均值的置信区间"),
    "features.for_slip_codes": (
        "QR codes on a class's slips",
        "座位纸条上的二维码",
    ),
    "features.for_devices": (
        "the microphone and the loudspeaker of this machine",
        "本机的麦克风和扬声器",
    ),
    "features.for_parquet": ("Parquet files", "Parquet 文件"),
    # what serves meanwhile
    "features.meanwhile_devices": (
        '. Until then turn.audio.write("answer.wav") keeps an answer',
        '。在此之前可用 turn.audio.write("answer.wav") 保存回答',
    ),
    "features.meanwhile_parquet": (
        '. Until then out="runs.jsonl" keeps the same rows',
        '。在此之前可用 out="runs.jsonl" 保存同样的行',
    ),
    "features.meanwhile_slip_codes": (
        ". Until then each slip has the seat's line alone",
        "。在此之前纸条上只有连接行",
    ),
    "features.meanwhile_players": (
        ". Until then .write('clip.wav') makes a file to play",
        "。在此之前可用 .write('clip.wav') 写成文件再播放",
    ),
    "features.meanwhile_voice_activity": (
        ". Client VAD needs none of it",
        "。客户端 VAD 不需要它",
    ),
}
