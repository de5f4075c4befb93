package io.sluice.trigger.webhook.internal;

/** @param text of the body, where the status is 2xx */
record HookAnswer(int status, String text) {
    boolean ok() {
        return status >= 200 && status < 300;
    }
}
