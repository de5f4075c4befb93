'use strict';
// The list of streams, renewed every two seconds.

const WORDS = { LIVE: 'on air', STARTING: 'starting', GRACE: 'interrupted', OFFLINE: 'off air' };
const byId = id => document.getElementById(id);

function element(tag, className, text) {
    const e = document.createElement(tag);
    e.className = className;
    e.textContent = text;
    return e;
}

function row(stream) {
    const link = element('a', 'stream', '');
    link.href = stream.page;
    link.append(element('span', 'name', stream.name), element('span', 'tracks', stream.tracks.join(', ')),
        element('span', 'state ' + stream.state.toLowerCase(), WORDS[stream.state] || stream.state));
    const li = document.createElement('li');
    li.append(link);
    return li;
}

let shown = '';

async function renew() {
    try {
        const answer = await fetch('/streams.json', { cache: 'no-store' });
        const text = await answer.text();
        if (text !== shown) {
            const list = JSON.parse(text);
            byId('streams').replaceChildren(...list.streams.map(row));
            byId('none').hidden = list.streams.length > 0;
            byId('open').hidden = !list.open;
            shown = text;
        }
        byId('lost').hidden = true;
    } catch (e) {
        byId('lost').hidden = false;
    }
    setTimeout(renew, 2000);
}

renew();
