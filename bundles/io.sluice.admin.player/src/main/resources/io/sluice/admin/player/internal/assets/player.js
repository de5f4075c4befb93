'use strict';
// The page of one stream. It asks for the stream's information again and again, plays while there is something to play, and says what keeps it from
// playing. Whatever comes from the server is shown as text, never as markup.

const POLL_OFFLINE_MS = 1000;
const POLL_PLAYING_MS = 3000;
const RETRY_MS = 2000;
const STALL_MS = 8000;
const START_MS = 25000;     // a source that is pulled may need this long for its first segment
const WORDS = { LIVE: 'on air', STARTING: 'starting', GRACE: 'interrupted', OFFLINE: 'off air' };

const byId = id => document.getElementById(id);
const query = new URLSearchParams(location.search);
const name = query.get('stream') || decodeURIComponent(location.pathname.replace(/^\//, '').replace(/\.html$/, ''));
const infoUrl = name.includes('/') ? '/json_.js?stream=' + encodeURIComponent(name) : '/json_' + encodeURIComponent(name) + '.js';
const video = byId('video');

let info = null;            // the last answer of the server
let hls = null;             // hls.js while it plays
let native = false;         // the browser's own HLS plays
let whep = null;            // WebRTC plays
let whepRefused = false;    // it did not get through: HLS from here on
let notBefore = 0;          // no new attempt before this time
let moved = { at: 0, time: -1 };
let begun = 0;              // when this attempt to play began
let mediaErrors = 0;
let trouble = '';           // why the last attempt failed; shown until a picture comes

// ---- what is shown

function element(tag, text, className) {
    const e = document.createElement(tag);
    e.textContent = text;
    e.className = className || '';
    return e;
}

async function copy(button, text) {
    try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
    } catch (e) {
        const range = document.createRange();           // no clipboard without TLS: select it, and let the browser's old way copy it
        range.selectNodeContents(button.previousElementSibling.firstElementChild);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        button.textContent = document.execCommand('copy') ? 'Copied' : 'Press Ctrl+C';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

function line(label, value) {
    const dd = document.createElement('dd');
    dd.append(element('code', value));
    const button = element('button', 'Copy');
    button.type = 'button';
    button.setAttribute('aria-label', 'Copy: ' + label);
    button.addEventListener('click', () => copy(button, value));
    return [element('dt', label), dd, button];
}

/** Rebuilds a part of the page only when it changed, so that focus and selection stay. */
function renew(id, value, make) {
    const target = byId(id);
    const text = JSON.stringify(value);
    if (target.dataset.shown !== text) {
        target.dataset.shown = text;
        target.replaceChildren(...make(value));
    }
}

function message(text) {
    byId('message').textContent = text;
    byId('message').hidden = !text;
}

function soundButton() {
    byId('sound').hidden = !video.muted || !active() || !hasSound() || !byId('message').hidden;
}

function hasSound() {
    return info && info.sluice && info.sluice.codecs.some(c => c.kind === 'audio');
}

function show() {
    const s = info.sluice;
    byId('name').textContent = s ? s.name : name;
    document.title = (s ? s.name : name) + ' · Sluice';
    if (!s) {
        message(info.error);
        return;
    }
    byId('open').hidden = !s.open;
    byId('state').textContent = WORDS[s.state] || s.state;
    byId('state').className = 'state ' + s.state.toLowerCase();
    const problems = s.problems.concat((byWhep() ? [] : unplayable(s)).map(c => 'This browser cannot play ' + c.codec + (c.string ? ' (' + c.string + ')' : '') + '.'));
    byId('problems').hidden = problems.length === 0;
    renew('problems', problems, list => list.map(p => element('li', p)));
    const facts = s.codecs.map(c => c.label + (c.string ? ' (' + c.string + ')' : ''));
    if (facts.length > 0 && s.bitsPerSecond > 0) {
        facts.push((s.bitsPerSecond / 1e6).toFixed(2) + ' Mbit/s');
    }
    byId('codecs').textContent = facts.join(' · ');
    renew('addresses', s.addresses, list => list.flatMap(a => line(a.label, a.value)));
    const off = !!info.error && !!s.publish;
    byId('publish').hidden = !off;
    if (off) {
        byId('keyhint').hidden = s.open;
        renew('publishing', s.publish, p => [...line('ffmpeg', p.ffmpeg), ...line('OBS: server', p.server), ...line('OBS: stream key', p.streamKey)]);
    }
}

/** What to say over the picture; "" when it should play. */
function hindrance() {
    const s = info.sluice;
    if (s && s.startable) {
        return '';
    }
    if (info.error) {
        return !s ? info.error : s.state === 'STARTING' ? 'The stream is starting.' : s.problems.length > 0 ? s.problems[0]
            : 'No such stream yet. As soon as somebody publishes it, it plays here.';
    }
    const missing = byWhep() ? [] : unplayable(s);
    const picture = s.codecs.filter(c => c.kind === 'video');
    if (missing.some(c => c.kind === 'video') || missing.length > 0 && missing.length === s.codecs.length) {
        return 'This browser cannot play ' + missing[0].codec + (missing[0].string ? ' (' + missing[0].string + ')' : '') + '.';
    }
    if (!source() && !byWhep()) {
        return s.problems[0] || 'The server offers nothing that this page can play.';
    }
    if (picture.length > 0 && s.lastKeyAgoMillis < 0) {
        return s.problems[0] || 'Waiting for the first key frame.';
    }
    return '';
}

function unplayable(s) {
    const media = window.ManagedMediaSource || window.MediaSource;
    return s.codecs.filter(c => c.mime && !(media ? media.isTypeSupported(c.mime) : video.canPlayType(c.mime)));
}

function source() {
    return (info.source || []).find(s => s.type === 'html5/application/vnd.apple.mpegurl');
}

// ---- playing

function active() {
    return hls !== null || native || whep !== null;
}

/** WebRTC where it carries all that the stream has; it is half a second behind, HLS several. */
function byWhep() {
    return !whepRefused && !!info.sluice && info.sluice.whep && Whep.possible();
}

function playWhep() {
    const path = '/whep/' + info.sluice.name.split('/').map(encodeURIComponent).join('/') + new URL(info.sluice.hls, location.href).search;
    whep = new Whep(path, video, shown => {
        whep = null;
        whepRefused = !shown;
        notBefore = Date.now() + (shown ? RETRY_MS : 0);
    });
    whep.start();
}

function play() {
    const url = info.sluice.hls;
    moved = { at: Date.now(), time: -1 };
    begun = Date.now();
    if (byWhep()) {
        playWhep();
        return;
    }
    if (window.Hls && Hls.isSupported()) {
        hls = new Hls({ liveSyncDurationCount: 2, liveMaxLatencyDurationCount: 6, maxLiveSyncPlaybackRate: 1.05, backBufferLength: 30, lowLatencyMode: true });
        hls.on(Hls.Events.ERROR, (event, data) => failed(data));
        hls.loadSource(url);
        hls.attachMedia(video);
    } else if (video.canPlayType('application/vnd.apple.mpegurl')) {
        native = true;
        video.src = url;
    } else {
        message('This browser can play neither HLS nor Media Source Extensions.');
        notBefore = Infinity;
        return;
    }
    video.play().catch(() => { /* refused autoplay: the controls are there */ });
}

function failed(data) {
    if (data.details === Hls.ErrorDetails.BUFFER_STALLED_ERROR) {
        video.dataset.stalls = Number(video.dataset.stalls || 0) + 1; // for whoever inspects the page
    }
    if (!data.fatal) {
        return;
    }
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && mediaErrors < 2) {
        mediaErrors++;
        hls.recoverMediaError();
        return;
    }
    const status = data.response && data.response.code;
    trouble = info.sluice.problems[0] || (status ? 'The server answered ' + status + ' instead of the stream.' : 'The stream cannot be played (' + data.details + ').')
        + ' Trying again.';
    stop();
}

function stop() {
    if (whep) {
        whepRefused = !whep.shown;
        whep.stop();
        whep = null;
    }
    if (hls) {
        hls.destroy();
        hls = null;
    }
    if (native) {
        native = false;
        video.removeAttribute('src');
        video.load();
    }
    notBefore = Date.now() + RETRY_MS;
}

/** True when the picture stands although it should move. */
function stalled() {
    const now = Date.now();
    if (video.paused && video.readyState > 2 || video.currentTime !== moved.time) {
        if (video.currentTime !== moved.time) {
            mediaErrors = 0;
        }
        moved = { at: now, time: video.currentTime };
    }
    return now - moved.at > STALL_MS;
}

function decide() {
    const why = hindrance();
    const playing = active();
    const starting = (video.readyState === 0 || info.error && video.readyState < 3) && Date.now() - begun < START_MS;
    if (playing && (video.ended || !starting && stalled())) {
        stop();
    } else if (!playing && !why && Date.now() >= notBefore) {
        play();
    }
    if (video.readyState > 2) {
        trouble = '';
    }
    message(!active() && why ? why : trouble || (starting ? 'The stream is starting.' : ''));
}

async function poll() {
    try {
        const answer = await fetch(infoUrl, { cache: 'no-store' });
        info = await answer.json();
        show();
        decide();
    } catch (e) {
        if (video.readyState < 3) {
            message('The server does not answer. This page asks again by itself.');
        }
    }
    soundButton();
    setTimeout(poll, active() && video.readyState > 2 ? POLL_PLAYING_MS : POLL_OFFLINE_MS);
}

byId('sound').addEventListener('click', () => {
    video.muted = false;
    if (video.volume === 0) {
        video.volume = 1;
    }
    video.play().catch(() => { /* the controls are there */ });
});
video.addEventListener('volumechange', soundButton);
video.addEventListener('playing', soundButton);
video.addEventListener('error', () => { if (native) { stop(); } });
document.body.classList.toggle('embed', query.has('embed'));
byId('name').textContent = name;
poll();
