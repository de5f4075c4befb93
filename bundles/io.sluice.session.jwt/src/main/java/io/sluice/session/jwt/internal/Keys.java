package io.sluice.session.jwt.internal;

import java.io.IOException;

/** Where keys come from. From any thread that may wait a moment. */
interface Keys {
    /**
     * The keys now.
     *
     * @param id of the key that is looked for, or "": one that is not there may be worth another look at the source
     * @throws IOException when there is none to be had; the message may be shown to a peer
     */
    KeySet keys(String id) throws IOException;
}
