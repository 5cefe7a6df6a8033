"""Sentences about clips: reading, making and writing them."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "audio.array": ("this array", "这个数组"),
    "audio.array_rate": (
        "samples come without a rate: say it, as in Clip.read(samples, rate=16000)",
        "数组本身不带采样率：请写明，例如 Clip.read(samples, rate=16000)",
    ),
    "audio.rate_of_file": (
        "found rate={rate} beside a file, which carries its own rate: leave it out, "
        "or change it afterwards with .resample({rate})",
        "文件自带采样率，却又给了 rate={rate}：请去掉它，或读入后用 .resample({rate}) 转换",
    ),
    "audio.rate": (
        "the rate is {found}, expected a whole number of Hz from {lowest} to {highest}, "
        "for example 16000",
        "采样率是 {found}，应为 {lowest} 到 {highest} 之间的整数（单位 Hz），例如 16000",
    ),
    "audio.ragged": (
        "found rows of different lengths, expected samples of shape (n,) or (n, channels)",
        "各行长度不一，应为形状 (n,) 或 (n, 声道数) 的采样",
    ),
    "audio.dtype": (
        "found samples of type {found}, expected int16, int32, uint8 or floats from -1 to 1: "
        "convert with .astype (16-bit numbers: .astype('int16')); for bytes use "
        "Clip.from_pcm or Clip.read",
        "采样类型是 {found}，应为 int16、int32、uint8 或 -1 到 1 的浮点数："
        "请用 .astype 转换（16 位数值用 .astype('int16')）；字节请用 Clip.from_pcm 或 Clip.read",
    ),
    "audio.shape": (
        "found an array of shape {found}, expected (n,), (n, channels) or (channels, n) with at "
        "most 32 channels",
        "数组形状是 {found}，应为 (n,)、(n, 声道数) 或 (声道数, n)，且不超过 32 个声道",
    ),
    "audio.not_finite": (
        "{name}: {bad} of {found} samples are NaN or infinite. Look where they come from; "
        "np.nan_to_num makes them silence",
        "{name}：{found} 个采样中有 {bad} 个是 NaN 或无穷大。请查明来源；"
        "np.nan_to_num 可将其变为静音",
    ),
    "audio.too_loud": (
        "{name}: samples reach {peak}, expected -1 to 1. If these are 16-bit numbers, divide "
        "them by 32768 or pass .astype('int16'); otherwise divide by the largest",
        "{name}：采样达到 {peak}，应在 -1 到 1 之间。如果是 16 位数值，请除以 32768 "
        "或传入 .astype('int16')；否则请除以最大值",
    ),
    "audio.over": (
        "samples reach {peak}: what is beyond 1 will be cut off when the clip is sent or written. "
        "Divide by {peak} to keep it",
        "采样达到 {peak}：发送或写文件时，超过 1 的部分会被削掉。除以 {peak} 即可保留",
    ),
    "audio.wav_header_cut": (
        "{name}: the WAV header is incomplete ({found} bytes in all, no samples). "
        "Record or download it again",
        "{name}：WAV 文件头不完整（共 {found} 字节，没有采样）。请重新录制或下载",
    ),
    "audio.no_channels": (
        "{name}: 0 channels, expected at least 1: record or export it again",
        "{name}：声道数为 0，至少应为 1：请重新录制或导出",
    ),
    "audio.wav_rate": (
        "{name}: the WAV header says {found} Hz, expected a rate such as 16000. "
        "The header is damaged: export the file again",
        "{name}：WAV 文件头写的采样率是 {found} Hz，应为 16000 之类的值。文件头已损坏：请重新导出",
    ),
    "audio.cut_before_samples": (
        "{name}: the file ends before its first sample. Record or download it again",
        "{name}：文件在第一个采样之前就结束了。请重新录制或下载",
    ),
    "audio.cut": (
        "{name} is cut off: {seconds} s could be read and are used",
        "{name} 不完整：能读出的 {seconds} 秒已被使用",
    ),
    "audio.other": (
        "{name} is {found}, expected WAV, MP3, FLAC or OGG: convert it, for example with "
        "ffmpeg -i IN out.wav",
        "{name} 是 {found} 格式，应为 WAV、MP3、FLAC 或 OGG：请先转换，例如 ffmpeg -i IN out.wav",
    ),
    "audio.picture": (
        "{name} is a picture, a PDF or an archive, expected WAV, MP3, FLAC or OGG: look whether "
        "this is the right file, or unpack it",
        "{name} 是图片、PDF 或压缩包，应为 WAV、MP3、FLAC 或 OGG：请检查是否选错了文件，或先解压",
    ),
    "audio.text": (
        "{name} is text, expected WAV, MP3, FLAC or OGG: look whether this is the right file",
        "{name} 是文本，应为 WAV、MP3、FLAC 或 OGG：请检查是否选错了文件",
    ),
    "audio.page": (
        "{name} is a web page, expected WAV, MP3, FLAC or OGG: a download may have been answered "
        "by an error or log-in page",
        "{name} 是网页，应为 WAV、MP3、FLAC 或 OGG：下载到的可能是报错页或登录页",
    ),
    "audio.not_audio": (
        "{name} is no sound that can be read ({why}), expected WAV, MP3, FLAC or OGG. "
        "For bare samples use Clip.from_pcm(data, rate)",
        "{name} 不是可读的音频（{why}），应为 WAV、MP3、FLAC 或 OGG。"
        "裸采样请用 Clip.from_pcm(data, rate)",
    ),
    "audio.odd": (
        "found {found} bytes, expected an even number: each sample has 2. For pieces of a stream "
        "use a PcmDecoder",
        "共 {found} 字节，应为偶数：每个采样占 2 字节。分段到达的数据请用 PcmDecoder",
    ),
    "audio.no_riff": (
        "the bytes begin with {found}, expected a WAV file (52 49 46 46): use Clip.read for other "
        "formats, Clip.from_pcm for bare samples",
        "这段字节以 {found} 开头，应为 WAV 文件（52 49 46 46）：其他格式请用 Clip.read，"
        "裸采样请用 Clip.from_pcm",
    ),
    "audio.tone_hz": (
        "a tone of {found!r} Hz, expected more than 0 and at most half the rate, {highest} Hz",
        "音调是 {found!r} Hz，应大于 0 且不超过采样率的一半，即 {highest} Hz",
    ),
    "audio.tone_level": (
        "a level of {found!r} dBFS, expected -3.01 or less: a sine cannot be louder",
        "电平是 {found!r} dBFS，应不高于 -3.01：正弦波不可能更响",
    ),
    "audio.seconds": (
        "found {found!r} seconds, expected a number from 0 to {most}",
        "时长是 {found!r} 秒，应为 0 到 {most} 之间的数",
    ),
    "audio.no_ipython": (
        "the player needs a notebook (IPython): use .write('clip.wav') and play the file",
        "播放器需要 notebook（IPython）：可用 .write('clip.wav') 写成文件再播放",
    ),
    "audio.slice": (
        "a clip is cut in seconds, as in clip[0.5:1.2], clip[:2] or clip[-1:]",
        "片段按秒切取，例如 clip[0.5:1.2]、clip[:2] 或 clip[-1:]",
    ),
    "audio.suffix": (
        "cannot write {found}, expected a name that ends in one of: {known}",
        "无法写成 {found}，文件名应以其中之一结尾：{known}",
    ),
    "audio.no_place": (
        "{path} cannot be written: {why}. Check that the folder exists and is yours",
        "无法写入 {path}：{why}。请确认文件夹存在且有写权限",
    ),
    "audio.not_written": (
        "{kind} at {rate} Hz cannot be written ({why}): use .resample(16000) first, or wav",
        "无法写成 {rate} Hz 的 {kind}（{why}）：请先 .resample(16000)，或改用 wav",
    ),
    "audio.format": (
        "input format {found!r}, expected one of: {known} (the number is kHz)",
        "输入格式是 {found!r}，应为其中之一：{known}（数字的单位是 kHz）",
    ),
    "audio.chunk_ms": (
        "chunks of {found!r} ms, expected at least one sample; 100 ms is usual",
        "每块 {found!r} 毫秒，至少应含一个采样；通常用 100 毫秒",
    ),
    "audio.output_format": (
        "output format {found!r}, expected one of: {known}",
        "输出格式是 {found!r}，应为其中之一：{known}",
    ),
}
