"""One example of every command and every report; the document of the protocol shows them."""

from __future__ import annotations

from pathlib import Path

from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.common.errors import Fault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    ForceKeyframe,
    HoldToTalk,
    ListDevices,
    Privacy,
    Publish,
    RestartSource,
    SetBitrate,
    SetRenditions,
    Start,
    Stop,
    StopPreview,
    Unpublish,
    WatchDevices,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.engine.control.desk_reports import (
    ChannelLevels,
    DeviceKind,
    DeviceProblem,
    Devices,
    Levels,
    ListedSound,
    PrivacyChanged,
    SoundChanged,
    SoundLevels,
    StudioChanged,
)
from powerstream_desktop.engine.control.reports import (
    Disconnected,
    Done,
    EncoderChanged,
    EngineReport,
    Failed,
    Hello,
    Notice,
    PreviewReady,
    Publishing,
    Refused,
    RenditionStats,
    SlateReady,
    SourceBack,
    SourceLost,
    Started,
    Stats,
    Stopped,
)
from powerstream_desktop.engine.control.sound_commands import (
    Mute,
    PutChannel,
    RemoveChannel,
    ReplaceSound,
    SetGain,
)
from powerstream_desktop.engine.control.studio_commands import (
    AddLayer,
    ChangeLayer,
    MoveLayer,
    PutScene,
    PutSource,
    Redo,
    RemoveLayer,
    RemoveScene,
    RemoveSource,
    ReplaceStudio,
    SetPortraitWindow,
    SetTransition,
    SwitchScene,
    Undo,
)
from powerstream_desktop.engine.mixer.filter_settings import GateSettings
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MicrophoneContent, MixerSettings
from powerstream_desktop.engine.scene.scene import Fit, Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import Colour, ColourContent, ImageContent, Source
from powerstream_desktop.engine.scene.studio import Studio, Transition, TransitionKind
from powerstream_desktop.engine.sources.devices import ScreenDevice, WindowDevice
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition

KEY = "key-that-must-not-leak"

TARGET = PublishTarget(
    url="rtmp://127.0.0.1:1935/live",
    key=Secret(KEY),
    renditions=frozenset({Rendition.LANDSCAPE, Rendition.PORTRAIT}),
)
FADE = Transition(kind=TransitionKind.FADE, duration_ms=500)
LOGO = Source(id="logo", name="Logo", content=ImageContent(path=Path("logo.png")))
NIGHT = Source(id="night", name="Night", content=ColourContent(colour=Colour(18, 20, 28)))
LAYER = Layer(
    id="logo-corner", source="logo", place=Place(x=0.8, y=0.05, width=0.15, height=0.15), fit=Fit.WHOLE
)
SCENE = Scene(id="talk", name="Talk", layers=(LAYER,))
STUDIO = Studio(sources=(LOGO, NIGHT), scenes=(SCENE,), current="talk", transition=FADE)
MICROPHONE = ChannelSettings(
    id="microphone", name="Microphone", content=MicrophoneContent(), gain_db=3.0, filters=(GateSettings(),)
)
SOUND = MixerSettings(channels=(MICROPHONE,))
CONFIG = EngineConfig(
    landscape=VideoSettings(width=1920, height=1080, bitrate_kbps=6000),
    portrait=VideoSettings(width=720, height=1280, bitrate_kbps=3000),
    publish=TARGET,
)
LEVELS = Levels(peak_dbfs=(-6.0, -6.5), held_dbfs=(-3.0, -3.1), rms_dbfs=(-18.2, -18.4))
STATS = Stats(
    program_s=61.5,
    frames_late=1,
    frames_skipped=2,
    capture_fps=29.9,
    av_offset_ms=0.4,
    renditions=(
        RenditionStats(
            rendition=Rendition.LANDSCAPE,
            encoder="libx264",
            frames_made=1843,
            frames_skipped=0,
            frames_dropped=3,
            compose_mean_ms=1.9,
            compose_max_ms=4.2,
            encode_mean_ms=4.5,
            encode_max_ms=9.25,
            queue_ms=33,
            video_kbps=6004.2,
            video_target_kbps=6000,
        ),
    ),
)

COMMANDS: tuple[EngineCommand, ...] = (
    Start(config=CONFIG),
    Stop(),
    Publish(target=TARGET),
    Unpublish(),
    SetRenditions(renditions=frozenset({Rendition.LANDSCAPE})),
    ForceKeyframe(),
    SetBitrate(rendition=Rendition.PORTRAIT, video_kbps=1800),
    SwitchScene(scene="talk", transition=FADE),
    PutSource(source=LOGO),
    RemoveSource(source="logo"),
    RestartSource(source="clip"),
    PutScene(scene=SCENE),
    RemoveScene(scene="talk"),
    AddLayer(scene="talk", layer=LAYER),
    ChangeLayer(layer=LAYER),
    RemoveLayer(layer="logo-corner"),
    MoveLayer(layer="logo-corner", to_index=0),
    SetTransition(transition=FADE),
    SetPortraitWindow(position=0.4),
    ReplaceStudio(studio=STUDIO),
    Undo(),
    Redo(),
    PutChannel(channel=MICROPHONE),
    RemoveChannel(channel="microphone"),
    Mute(channel="microphone", is_muted=True),
    SetGain(channel="microphone", gain_db=-6.0),
    HoldToTalk(channel="microphone", is_held=True, for_s=2.5),
    ReplaceSound(sound=SOUND),
    Privacy(is_on=True),
    WatchPreview(width=960, height=540, fps=30),
    StopPreview(),
    WatchLevels(is_watched=True),
    ListDevices(),
    WatchDevices(is_watched=True),
)
REPORTS: tuple[EngineReport, ...] = (
    Hello(pid=4711),
    Started(source="Screen + camera", width=1920, height=1080, fps=30),
    STATS,
    SourceLost(source_id="camera", name="Camera", title="The camera is not connected."),
    SourceBack(source_id="camera"),
    Publishing(rendition=Rendition.LANDSCAPE, connects=2),
    Disconnected(rendition=Rendition.PORTRAIT, title="The relay closed the connection.", retry_in_s=0.25),
    SlateReady(rendition=Rendition.LANDSCAPE, path="/run/user/1000/powerstream/slate.flv"),
    EncoderChanged(
        rendition=Rendition.LANDSCAPE, encoder="libx264", title="The graphics card's encoder stopped."
    ),
    Notice(code="black_screen", subject="screen", title="The screen is black.", hint="Unlock it."),
    SoundLevels(
        channels=(ChannelLevels(channel="microphone", is_open=True, levels=LEVELS, problem=""),),
        program=LEVELS,
        momentary_lufs=-18.0,
        short_term_lufs=-19.5,
        reduction_db=0.0,
        delay_ms=1.5,
    ),
    StudioChanged(studio=STUDIO, can_undo=True, can_redo=False),
    SoundChanged(sound=SOUND),
    PrivacyChanged(is_on=True),
    PreviewReady(path="/run/user/1000/powerstream/preview.ring", width=960, height=540),
    Devices(
        screens=(ScreenDevice(name="HDMI-1", x=0, y=0, width=1920, height=1080),),
        windows=(WindowDevice(id="4194310", title="Notes"),),
        cameras=(CameraDevice(id="usb:046d:0825::1.0:0@1-2", name="Webcam C270"),),
        microphones=(ListedSound(id="alsa_input.usb", name="USB microphone", is_default=True),),
        desktop_sounds=(ListedSound(id="alsa_output.pci.monitor", name="Loudspeakers", is_default=True),),
        outputs=(ListedSound(id="alsa_output.pci", name="Loudspeakers", is_default=True),),
        problems=(
            DeviceProblem(kinds=frozenset({DeviceKind.CAMERA}), title="The cameras cannot be listed."),
        ),
    ),
    Done(id="17"),
    Refused(id="18", title="There is no such scene.", hint="It may have been removed already."),
    Failed(title="There is no file 'film.mp4'.", hint="Check the path.", fault=Fault.USER),
    Stopped(frames_made=5400, frames_skipped=2),
)
