package io.sluice.itests.clients;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Chromium;
import java.io.IOException;

/** A page of a browser that publishes by WHIP and watches by WHEP. */
final class WebRtcPage implements AutoCloseable {
    private static final String SCRIPT = """
        window.rtc = {
          async negotiate(pc, url, key) {
            await pc.setLocalDescription();
            const headers = {'content-type': 'application/sdp'};
            if (key) headers.authorization = 'Bearer ' + key;
            const r = await fetch(url, {method: 'POST', headers, body: pc.localDescription.sdp});
            const text = await r.text();
            if (r.status !== 201) throw new Error(r.status + ' ' + text);
            pc.location = r.headers.get('location');
            pc.etag = r.headers.get('etag');
            await pc.setRemoteDescription({type: 'answer', sdp: text});
          },
          async publish(url, key, codec) {
            const media = await navigator.mediaDevices.getUserMedia({audio: true, video: {width: 640, height: 480, frameRate: 30}});
            const pc = this.publisher = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
            for (const track of media.getTracks()) {
              const t = pc.addTransceiver(track, {direction: 'sendonly', streams: [media]});
              if (track.kind === 'video') t.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter(c => [codec, 'video/rtx'].includes(c.mimeType)));
            }
            await this.negotiate(pc, url, key);
          },
          async watch(url) {
            const pc = this.viewer = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
            const t0 = performance.now();
            pc.addTransceiver('video', {direction: 'recvonly'});
            pc.addTransceiver('audio', {direction: 'recvonly'});
            const stream = new MediaStream();
            const video = this.video = document.createElement('video');
            video.muted = true;
            video.autoplay = true;
            document.body.append(video);
            pc.ontrack = e => {
              stream.addTrack(e.track);
              video.srcObject = stream;
              if (e.track.kind === 'audio') {
                const c = new AudioContext(), a = c.createAnalyser(), d = new Float32Array(a.fftSize);
                c.createMediaStreamSource(new MediaStream([e.track])).connect(a);
                this.peak = 0;
                setInterval(() => { a.getFloatTimeDomainData(d); this.peak = d.reduce((m, x) => Math.max(m, Math.abs(x)), this.peak); }, 20);
              }
            };
            video.requestVideoFrameCallback(() => this.firstFrame = performance.now() - t0);
            await this.negotiate(pc, url);
          },
          async sent() {
            const out = {repeats: 0};
            (await this.publisher.getStats()).forEach(s => { if (s.type === 'outbound-rtp') out.repeats += s.retransmittedPacketsSent || 0; });
            return out;
          },
          async figures() {
            const out = {state: this.viewer.connectionState, peak: this.peak || 0, firstFrame: this.firstFrame || -1};
            (await this.viewer.getStats()).forEach(s => {
              if (s.type === 'inbound-rtp') out[s.kind] = {decoded: s.framesDecoded || 0, dropped: s.framesDropped || 0, lost: s.packetsLost, packets: s.packetsReceived,
                keys: s.keyFramesDecoded || 0, freezes: s.freezeCount || 0, width: s.frameWidth || 0, nacks: s.nackCount || 0, repeats: s.retransmittedPacketsReceived || 0,
                delay: s.jitterBufferEmittedCount ? s.jitterBufferDelay / s.jitterBufferEmittedCount : -1};
            });
            return out;
          }
        };
        true""";

    private final Server server;
    private final Chromium browser;

    WebRtcPage(Server server) throws IOException {
        this.server = server;
        browser = Chromium.withCamera();
        fresh();
    }

    /** A new page: what the one before had ends. */
    void fresh() throws IOException {
        browser.navigate(server.get().http("/assets/player/hls.LICENSE.txt"));
        browser.evaluate(SCRIPT);
    }

    void publish(String stream, String key, String codec) throws IOException {
        browser.evaluate("rtc.publish('/whip/" + stream + "', '" + key + "', '" + codec + "')");
    }

    void watch(String stream) throws IOException {
        browser.evaluate("rtc.watch('/whep/" + stream + "')");
    }

    void open(String path) throws IOException {
        browser.navigate(server.get().http(path));
    }

    JsonNode evaluate(String expression) throws IOException {
        return browser.evaluate(expression);
    }

    JsonNode figures() throws IOException {
        return browser.evaluate("rtc.figures()");
    }

    /** Waits until so many pictures were decoded. */
    JsonNode awaitDecoded(int frames) {
        JsonNode[] last = new JsonNode[1];
        Await.until(() -> frames + " frames are decoded: " + last[0] + browser.console() + "; the log says:\n" + server.get().log(), Server.PATIENCE, () -> {
            last[0] = figures();
            return last[0].path("video").path("decoded").asInt() >= frames;
        });
        return last[0];
    }

    @Override
    public void close() throws Exception {
        browser.close();
    }
}
