'use strict';
// Watches one stream by WHEP: an offer goes out over HTTP, an answer comes back, and media follows over UDP.

const PICTURE_MS = 8000;    // a connection and the next key frame

class Whep {
    /** @param failed called once, with whether a picture was shown before */
    constructor(url, video, failed) {
        this.url = url;
        this.video = video;
        this.failed = failed;
        this.over = false;
        this.shown = false;
    }

    static possible() {
        return 'RTCPeerConnection' in window;
    }

    async start() {
        try {
            const pc = this.pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
            const media = new MediaStream();
            pc.addTransceiver('video', { direction: 'recvonly' });
            pc.addTransceiver('audio', { direction: 'recvonly' });
            pc.addEventListener('track', e => {
                media.addTrack(e.track);
                this.video.srcObject = media;
                this.video.play().catch(() => { /* refused autoplay: the controls are there */ });
            });
            pc.addEventListener('connectionstatechange', () => {
                if (pc.connectionState === 'failed' || pc.connectionState === 'closed') {
                    this.fail();
                }
            });
            this.timer = setTimeout(() => { if (!this.shown) { this.fail(); } }, PICTURE_MS);
            this.video.addEventListener('timeupdate', () => { this.shown = true; }, { once: true });
            await pc.setLocalDescription();
            const answer = await fetch(this.url, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: pc.localDescription.sdp });
            if (answer.status !== 201) {
                throw new Error('the server answered ' + answer.status);
            }
            this.session = answer.headers.get('location');
            await pc.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
        } catch (e) {
            this.fail();
        }
    }

    fail() {
        if (!this.over) {
            this.stop();
            this.failed(this.shown);
        }
    }

    stop() {
        this.over = true;
        clearTimeout(this.timer);
        if (this.session) {
            fetch(this.session, { method: 'DELETE', keepalive: true }).catch(() => { /* it ends by itself */ });
        }
        this.pc.close();
        this.video.srcObject = null;
    }
}
