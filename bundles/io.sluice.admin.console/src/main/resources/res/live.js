/* Refreshes the live part of a Sluice page every other second, while the page is seen and nobody is about to press a button in it. */
(function () {
    'use strict';
    var live = document.getElementById('sluice-live');

    function busy() {
        return document.hidden || live.contains(document.activeElement) || live.matches(':hover') && live.querySelector('button:hover') !== null;
    }

    function refresh() {
        if (busy()) {
            setTimeout(refresh, 2000);
            return;
        }
        fetch(live.dataset.url, {credentials: 'same-origin', cache: 'no-store'}).then(function (answer) {
            if (!answer.ok) {
                throw new Error('the server answered ' + answer.status);
            }
            return answer.text();
        }).then(function (markup) {
            live.innerHTML = markup;
            live.style.opacity = '';
        }).catch(function () {
            live.style.opacity = '0.5';
        }).then(function () {
            setTimeout(refresh, 2000);
        });
    }

    setTimeout(refresh, 2000);
}());
