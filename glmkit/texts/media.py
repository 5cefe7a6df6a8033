"""Sentences about sound and pictures: their files, clips, the samples that come with the kit."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- clips
    "media.array": ("this array", "这个数组"),
    "media.array_rate": (
        "samples come without a rate: say it, as in Clip.read(samples, rate=16000)",
        "数组本身不带采样率，请写明，例如 Clip.read(samples, rate=16000)",
    ),
    "media.rate_of_file": (
        "found rate={rate} beside a file or a pair, which carry their own rate: leave it out, "
        "or change it afterwards with .resample({rate})",
        "文件和 (采样率, 数组) 自带采样率，却又给了 rate={rate}。请去掉它，"
        "或读入后用 .resample({rate}) 转换",
    ),
    "media.rate": (
        "the rate is {found}, expected a whole number of Hz from {lowest} to {highest}, "
        "for example 16000",
        "采样率是 {found}，应为 {lowest} 到 {highest} 之间的整数（单位 Hz），例如 16000",
    ),
    "media.ragged": (
        "found rows of different lengths, expected samples of shape (n,) or (n, channels)",
        "各行长度不一，应为形状 (n,) 或 (n, 声道数) 的采样",
    ),
    "media.dtype": (
        "found samples of type {found}, expected int16, int32, uint8 or floats from -1 to 1: "
        "convert with .astype (16-bit numbers: .astype('int16')); for bytes use "
        "Clip.from_pcm or Clip.read",
        "采样类型是 {found}，应为 int16、int32、uint8 或 -1 到 1 的浮点数。"
        "请用 .astype 转换（16 位数值用 .astype('int16')）；字节请用 Clip.from_pcm 或 Clip.read",
    ),
    "media.shape": (
        "found an array of shape {found}, expected (n,), (n, channels) or (channels, n) with at "
        "most 32 channels",
        "数组形状是 {found}，应为 (n,)、(n, 声道数) 或 (声道数, n)，且不超过 32 个声道",
    ),
    "media.not_finite": (
        "{name}: {bad} of {found} samples are NaN or infinite. Look where they come from; "
        "np.nan_to_num makes them silence",
        "{name}：{found} 个采样中有 {bad} 个是 NaN 或无穷大。请查明来源；"
        "np.nan_to_num 可将其变为静音",
    ),
    "media.too_loud": (
        "{name}: samples reach {peak}, expected -1 to 1. If these are 16-bit numbers, divide "
        "them by 32768 or pass .astype('int16'); otherwise divide by the largest",
        "{name}：采样达到 {peak}，应在 -1 到 1 之间。如果是 16 位数值，请除以 32768 "
        "或传入 .astype('int16')；否则请除以最大值",
    ),
    "media.over": (
        "samples reach {peak}: what is beyond 1 will be cut off when the clip is sent or written. "
        "Divide by {peak} to keep it",
        "采样达到 {peak}，发送或写文件时，超过 1 的部分会被削掉。除以 {peak} 即可保留",
    ),
    "media.wav_header_cut": (
        "{name}: the WAV header is incomplete ({found} bytes in all, no samples). "
        "Record or download it again",
        "{name}：WAV 文件头不完整（共 {found} 字节，没有采样）。请重新录制或下载",
    ),
    "media.no_channels": (
        "{name}: 0 channels, expected at least 1: record or export it again",
        "{name} 的声道数为 0，至少应为 1。请重新录制或导出",
    ),
    "media.wav_rate": (
        "{name}: the WAV header says {found} Hz, expected a rate such as 16000. "
        "The header is damaged: export the file again",
        "{name}：WAV 文件头写的采样率是 {found} Hz，应为 16000 之类的值。文件头已损坏，请重新导出",
    ),
    "media.cut_before_samples": (
        "{name}: the file ends before its first sample. Record or download it again",
        "{name} 不完整，文件在第一个采样之前就结束了。请重新录制或下载",
    ),
    "media.cut": (
        "{name} is cut off: {seconds} s could be read and are used",
        "{name} 不完整，能读出的 {seconds} 秒已被使用",
    ),
    "media.in_browser": (
        "{name} is {found}, expected WAV, MP3, FLAC or OGG. A browser reads it: show "
        "glm.Recorder() in a cell, choose the file with Upload…, and use the recorder's "
        ".clip; or convert it: ffmpeg -i IN out.wav",
        "{name} 是 {found} 格式，应为 WAV、MP3、FLAC 或 OGG。浏览器能读取它：在单元格中显示 "
        "glm.Recorder()，点“上传…”选择这个文件，再使用录音器的 .clip；"
        "也可以先转换：ffmpeg -i IN out.wav",
    ),
    "media.silk": (
        "{name} is a voice message in SILK, as WeChat and QQ keep them, expected WAV, MP3, FLAC or "
        "OGG. Neither app exports one: say it again with the phone's own recorder, or record the "
        "phone's screen while it plays, and choose that file with Upload… in glm.Recorder()",
        "{name} 是 SILK 格式的语音消息（微信和 QQ 所用），应为 WAV、MP3、FLAC 或 OGG。"
        "这两个应用都不能导出语音，请用手机自带的录音机重录一遍，或在播放时用手机录屏，"
        "再在 glm.Recorder() 中点“上传…”选择得到的文件",
    ),
    "media.amr": (
        "{name} is {found}, as older phones and messages carry it, expected WAV, MP3, FLAC or OGG. "
        "Set the phone's recorder to WAV, MP3 or M4A (often called high quality) and record again; "
        "M4A goes through Upload… in glm.Recorder(). Or convert it: ffmpeg -i IN out.wav",
        "{name} 是 {found} 格式（旧手机和彩信常用），应为 WAV、MP3、FLAC 或 OGG。"
        "请在手机录音机的设置中选 WAV、MP3 或 M4A（常叫“高音质”）后重录，"
        "M4A 可在 glm.Recorder() 中点“上传…”；也可以先转换：ffmpeg -i IN out.wav",
    ),
    "media.other": (
        "{name} is {found}, expected WAV, MP3, FLAC or OGG. Let the app that made it share or "
        "export it as WAV, MP3 or M4A; M4A, as phones record it, goes through Upload… in "
        "glm.Recorder(). Or convert it: ffmpeg -i IN out.wav",
        "{name} 是 {found} 格式，应为 WAV、MP3、FLAC 或 OGG。请在生成它的应用里分享或导出为 "
        "WAV、MP3 或 M4A；手机录音常见的 M4A 可在 glm.Recorder() 中点“上传…”。"
        "也可以先转换：ffmpeg -i IN out.wav",
    ),
    "media.notes": (
        "{name} is {found}, which holds notes and no sound, expected WAV, MP3, FLAC or OGG: let a "
        "music program play it into a WAV file",
        "{name} 是 {found} 文件，里面是乐谱而不是声音，应为 WAV、MP3、FLAC 或 OGG。"
        "请用音乐软件导出为 WAV",
    ),
    "media.locked": (
        "{name} is {found}, which only its own player can open, expected WAV, MP3, FLAC or OGG: "
        "choose a recording that is not locked",
        "{name} 是 {found} 格式，只有它自己的播放器能打开，应为 WAV、MP3、FLAC 或 OGG。"
        "请换一个没有加密的录音",
    ),
    "media.wav_encoding": (
        "{name} is a WAV file that cannot be read ({why} Encoding: {encoding}), "
        "expected 16-bit PCM (0x0001): export it as that",
        "{name} 是 WAV 文件，但无法读取（{why} 编码是 {encoding}），应为 16 位 PCM（0x0001）。"
        "请导出为这种编码",
    ),
    "media.picture": (
        "{name} is a picture, a PDF or an archive, expected WAV, MP3, FLAC or OGG: look whether "
        "this is the right file, or unpack it",
        "{name} 是图片、PDF 或压缩包，应为 WAV、MP3、FLAC 或 OGG。请检查是否选错了文件，或先解压",
    ),
    "media.text": (
        "{name} is text, expected WAV, MP3, FLAC or OGG: look whether this is the right file",
        "{name} 是文本，应为 WAV、MP3、FLAC 或 OGG。请检查是否选错了文件",
    ),
    "media.page": (
        "{name} is a web page, expected WAV, MP3, FLAC or OGG: a download may have been answered "
        "by an error or log-in page",
        "{name} 是网页，应为 WAV、MP3、FLAC 或 OGG，下载到的可能是报错页或登录页",
    ),
    "media.not_audio": (
        "{name} is no sound that can be read ({why}), expected WAV, MP3, FLAC or OGG. "
        "For bare samples use Clip.from_pcm(data, rate)",
        "{name} 不是可读的音频（{why}），应为 WAV、MP3、FLAC 或 OGG。"
        "裸采样请用 Clip.from_pcm(data, rate)",
    ),
    "media.odd": (
        "found {found} bytes, expected an even number: each sample has 2. For pieces of a stream "
        "use a PcmDecoder",
        "共 {found} 字节，应为偶数，每个采样占 2 字节。分段到达的数据请用 PcmDecoder",
    ),
    "media.no_riff": (
        "the bytes begin with {found}, expected a WAV file (52 49 46 46): use Clip.read for other "
        "formats, Clip.from_pcm for bare samples",
        "这段字节以 {found} 开头，应为 WAV 文件（52 49 46 46）。其他格式请用 Clip.read，"
        "裸采样请用 Clip.from_pcm",
    ),
    "media.tone_hz": (
        "a tone of {found!r} Hz, expected more than 0 and at most half the rate, {highest} Hz",
        "音调是 {found!r} Hz，应大于 0 且不超过采样率的一半，即 {highest} Hz",
    ),
    "media.tone_level": (
        "a level of {found!r} dBFS, expected -3.01 or less: a sine cannot be louder",
        "电平是 {found!r} dBFS，应不高于 -3.01，因为正弦波不可能更响",
    ),
    "media.seconds": (
        "found {found!r} seconds, expected a number from 0 to {most}",
        "时长是 {found!r} 秒，应为 0 到 {most} 之间的数",
    ),
    "media.slice": (
        "a clip is cut in seconds, as in clip[0.5:1.2], clip[:2] or clip[-1:]",
        "片段按秒切取，例如 clip[0.5:1.2]、clip[:2] 或 clip[-1:]",
    ),
    "media.suffix": (
        "cannot write {found}, expected a name that ends in one of: {known}",
        "无法写成 {found}，文件名应以其中之一结尾：{known}",
    ),
    "media.no_place": (
        "{path} cannot be written: {why}. Check that the folder exists and is yours",
        "无法写入 {path}：{why}。请确认文件夹存在且有写权限",
    ),
    "media.not_written": (
        "{kind} at {rate} Hz cannot be written ({why}): use .resample(16000) first, or wav",
        "无法写成 {rate} Hz 的 {kind}（{why}），请先 .resample(16000)，或改用 wav",
    ),
    "media.format": (
        "input format {found!r}, expected one of: {known} (the number is kHz)",
        "输入格式是 {found!r}，应为其中之一：{known}（数字的单位是 kHz）",
    ),
    "media.chunk_ms": (
        "chunks of {found!r} ms, expected at least one sample; 100 ms is usual",
        "每块 {found!r} 毫秒，至少应含一个采样；通常用 100 毫秒",
    ),
    "media.output_format": (
        "output format {found!r}, expected one of: {known}",
        "输出格式是 {found!r}，应为其中之一：{known}",
    ),
    # -- files
    "media.bytes": ("this data", "这段数据"),
    "media.file": ("this file object", "这个文件对象"),
    "media.kind": (
        "cannot read from a value of type {found}, expected a path, bytes or an open file",
        "无法从 {found} 读取，应为路径、字节或已打开的文件",
    ),
    "media.not_bytes": (
        "found a value of type {found}, expected bytes: for arrays use Clip(samples, rate), for "
        "files Clip.read",
        "收到 {found}，应为字节。数组请用 Clip(samples, rate)，文件请用 Clip.read",
    ),
    "media.no_path": (
        "found a value of type {found}, expected the name of a file or a folder, as text or a Path",
        "收到 {found}，应为文件或文件夹的名称（字符串或 Path）",
    ),
    "media.path_empty": (
        "found {found}, expected the name of a file or a folder: the text is empty",
        "收到 {found}，这段文字是空的，应为文件或文件夹的名称",
    ),
    "media.path_control": (
        "{name} holds the one letter {letters}, which Python makes of a backslash inside quotes "
        'and no file name has: write r"…" in front of the quotes, or / for each backslash',
        "{name} 里的 {letters} 被 Python 当成了一个控制字符（引号内的反斜杠是转义），"
        '文件名中不会有它。请在引号前加 r，即 r"…"，或把反斜杠换成 /',
    ),
    "media.path_unseen": (
        "{name} holds an invisible letter ({letter}), as copying brings along: type it instead",
        "{name} 里有一个看不见的字符（{letter}），多半是复制时带进来的。请手动输入文件名",
    ),
    "media.path_quote": (
        "{name} has a quote {quote} at one end: take it away",
        "{name} 的一端多了引号 {quote}，请去掉",
    ),
    "media.path_windows": (
        "{name} is a path of Windows, and this Python runs on {system}, which has no such drive: "
        "upload the file to where the notebook runs, and give its path there",
        "{name} 是 Windows 的路径，而这里的 Python 运行在 {system} 上，没有这个盘符。"
        "请把文件上传到 Jupyter 所在的机器，再给出那里的路径",
    ),
    "media.unusable": (
        "{name} cannot be used: {why}. Check the name and its folder",
        "无法使用 {name}：{why}。请检查文件名和所在文件夹",
    ),
    "media.empty": (
        "{name}: 0 bytes, expected a sound or a picture: save, copy or download it again",
        "{name}：0 字节，应为声音或图片。请重新保存、复制或下载",
    ),
    "media.read_before": (
        "{name}: 0 bytes left to read. If it was read before, call its seek(0) first",
        "{name}：没有可读的字节。如果已经读过，请先调用 seek(0)",
    ),
    "media.address": (
        "found a web address, expected a file on this computer: download it first",
        "收到网址，应为本机上的文件。请先下载",
    ),
    "media.folder": (
        "{path} is a folder, expected a file in it",
        "{path} 是文件夹，应为其中的一个文件",
    ),
    "media.device": (
        "{path} is a pipe or a device, expected a file",
        "{path} 是管道或设备，应为文件",
    ),
    "media.too_long": (
        "{name} lasts {hours} h, more than the {most} h that are read at once: cut it, or give say "
        "an iterator of shorter Clips",
        "{name} 长 {hours} 小时，一次最多读取 {most} 小时。请先切短，"
        "或向 say 提供由较短 Clip 组成的迭代器",
    ),
    "media.no_folder": (
        "no file {name}: there is no folder {folder}",
        "找不到文件 {name}，文件夹 {folder} 不存在",
    ),
    "media.not_found": (
        "no file {name} in {folder}: check the name, or give the whole path",
        "文件夹 {folder} 中没有文件 {name}，请检查文件名，或给出完整路径",
    ),
    "media.near": (
        "no file {name} in {folder}: did you mean {near}?",
        "文件夹 {folder} 中没有文件 {name}。是否想用 {near}？",
    ),
    "media.unreadable": ("{name} cannot be read: {why}", "无法读取 {name}：{why}"),
    "media.text_mode": (
        '{name} gives {found}, expected bytes: open the file with mode "rb"',
        '{name} 读出的是 {found}，应为字节。请用 "rb" 模式打开文件',
    ),
    # -- pictures
    "media.picture_max_side": (
        "max_side is {found}, expected at least {least} pixels",
        "max_side 是 {found}，至少应为 {least} 像素",
    ),
    "media.picture_unknown": (
        "{name} is no picture that can be read, expected JPEG, PNG, WebP, GIF, BMP or TIFF",
        "{name} 不是可读的图片，应为 JPEG、PNG、WebP、GIF、BMP 或 TIFF",
    ),
    "media.picture_heic": (
        "{name} is a HEIC or AVIF picture, as telephones take them, expected JPEG or PNG: "
        "export it as JPEG",
        "{name} 是 HEIC 或 AVIF 图片（手机常用格式），应为 JPEG 或 PNG。请导出为 JPEG",
    ),
    "media.picture_broken": (
        "the picture is damaged or cut off ({why}): export or download it again",
        "图片已损坏或不完整（{why}），请重新导出或下载",
    ),
    "media.picture_bomb": (
        "the picture has more than {most} million pixels: make it smaller first",
        "图片超过 {most} 百万像素，请先缩小",
    ),
    "media.picture_no_pixels": (
        "the picture has {found} pixels, expected at least 1 by 1",
        "图片大小是 {found}，至少应为 1×1 像素",
    ),
    "media.picture_shape": (
        "found an array of shape {found}, expected (height, width), or (height, width, 3 or 4)",
        "数组形状是 {found}，应为 (高, 宽) 或 (高, 宽, 3 或 4)",
    ),
    "media.picture_floats": (
        "a picture of floats must lie between 0 and 1: divide by its maximum, or pass uint8",
        "浮点图片的值应在 0 到 1 之间，请除以最大值，或改用 uint8",
    ),
    "media.picture_dtype": (
        "found pixels of type {found}, expected uint8, or floats from 0 to 1",
        "像素类型是 {found}，应为 uint8 或 0 到 1 的浮点数",
    ),
    # -- microphones and loudspeakers
    "media.no_portaudio": (
        "PortAudio, which plays and records on this machine, is not installed: on Debian and "
        "Ubuntu, sudo apt install libportaudio2; on Fedora, sudo dnf install portaudio. Until then "
        'turn.audio.write("answer.wav") keeps an answer',
        "没有安装在本机放音和录音所需的 PortAudio：Debian、Ubuntu 请运行 "
        "sudo apt install libportaudio2，Fedora 请运行 sudo dnf install portaudio。"
        '在此之前可用 turn.audio.write("answer.wav") 保存回答',
    ),
    "media.absent_input": (
        "no microphone was found on this machine: plug one in, or allow the terminal to use it. "
        "The page takes your browser's microphone: glmkit talk",
        "本机没有找到麦克风，请插上麦克风，或允许终端使用它。网页对话使用浏览器的麦克风："
        "glmkit talk",
    ),
    "media.absent_output": (
        "no loudspeaker was found on this machine: plug one in, or switch one on. "
        'turn.audio.write("answer.wav") keeps an answer',
        '本机没有找到扬声器，请插上或打开扬声器。turn.audio.write("answer.wav") 可保存回答',
    ),
    "media.no_devices": (
        "There is neither a microphone nor a loudspeaker here.",
        "本机既没有麦克风，也没有扬声器。",
    ),
    "media.failed_input": (
        "the microphone cannot be opened ({found}): close what else uses it, or choose another: "
        "glmkit talk --mic --device lists them",
        "无法打开麦克风（{found}），请关闭正在使用它的程序，或换一个设备："
        "glmkit talk --mic --device 会列出设备",
    ),
    "media.failed_output": (
        "the loudspeaker cannot be opened ({found}): close what else uses it. "
        'turn.audio.write("answer.wav") keeps an answer',
        "无法打开扬声器（{found}），请关闭正在使用它的程序。"
        'turn.audio.write("answer.wav") 可保存回答',
    ),
    "media.device_input": ("microphone", "麦克风"),
    "media.device_output": ("loudspeaker", "扬声器"),
    "media.device_no_input": (
        "{name} is no microphone: choose another device",
        "{name} 不是麦克风，请换一个设备",
    ),
    "media.device_no_output": (
        "{name} is no loudspeaker: choose another device",
        "{name} 不是扬声器，请换一个设备",
    ),
    "media.device_unknown": (
        "there is no device {found!r}, expected the number or a part of the name of one of these:\n"
        "{known}",
        "没有设备 {found!r}，应为以下设备之一的编号或部分名称：\n{known}",
    ),
    "media.device_many": (
        "{found!r} is part of more than one device's name: write more of it, or the number:\n"
        "{known}",
        "{found!r} 对应不止一个设备，请写得更完整，或用编号：\n{known}",
    ),
    # -- conditions
    "media.nothing_there": (
        "this clip has no samples: nothing can be done to it; give one that holds sound",
        "这段声音没有采样点，无从处理，请换一段有声音的",
    ),
    "media.no_snr": (
        "nobody speaks in this clip (nothing in it is above {quiet} dBFS), so that no ratio to "
        "noise can be set: give a clip with speech, or make it louder",
        "这段声音里没有人说话（没有超过 {quiet} dBFS 的部分），无法设定信噪比。"
        "请换一段有人声的，或先把它调响",
    ),
    "media.within": (
        "{name} is {found!r}, expected a number from {low} to {high}",
        "{name} 是 {found!r}，应为 {low} 到 {high} 之间的数",
    ),
    "media.within_whole": (
        "{name} is {found!r}, expected a whole number from {low} to {high}",
        "{name} 是 {found!r}，应为 {low} 到 {high} 之间的整数",
    ),
    "media.seed": (
        "seed is {found!r}, expected a whole number, 0 or more",
        "seed 是 {found!r}，应为不小于 0 的整数",
    ),
    "media.law": (
        'law is {found!r}, expected "a" (A-law: China, Europe) or "mu" (μ-law: North America, '
        "Japan)",
        'law 是 {found!r}，应为 "a"（A 律，中国、欧洲）或 "mu"（μ 律，北美、日本）',
    ),
    # -- samples
    "media.sample_unknown": (
        "there is no sample {name!r}, expected one of: {known}",
        "没有名为 {name!r} 的示例录音，应为其中之一：{known}",
    ),
    "media.sample_missing": (
        "the samples are not in {folder}: the kit is not completely installed; install it again",
        "{folder} 中没有示例录音，安装不完整，请重新安装",
    ),
    # -- what the kit's recordings say, each in one language and what it means in the other; an
    # ellipsis where it pauses
    "media.said_joke_zh": ("Tell me a joke.", "给我讲个笑话吧。"),
    "media.said_joke_en": ("Tell me a joke, please.", "请给我讲个笑话。"),
    "media.said_weather_zh": ("How is the weather in Beijing today?", "今天北京的天气怎么样？"),
    "media.said_hello_en": ("Hello! Who are you?", "你好！你是谁？"),
    "media.said_hello_zh": ("Hello! What is your name?", "你好！你叫什么名字？"),
    "media.said_weather_en": (
        "What is the weather like in Beijing today?",
        "今天北京的天气怎么样？",
    ),
    "media.said_story_en": ("Tell me a longer story, please.", "请给我讲个长一点的故事。"),
    "media.said_call_en": ("Make a call to Peter.", "给 Peter 打个电话。"),
    "media.said_two_questions_en": (
        "What is your name? … What day is it today?",
        "你叫什么名字？……今天星期几？",
    ),
    "media.said_story_zh": ("Tell me a longer story.", "给我讲个长一点的故事。"),
    "media.said_call_zh": ("Call Zhang San.", "给张三打个电话。"),
    "media.said_two_questions_zh": (
        "What is your name? … What day is it today?",
        "你叫什么名字？……今天星期几？",
    ),
}
