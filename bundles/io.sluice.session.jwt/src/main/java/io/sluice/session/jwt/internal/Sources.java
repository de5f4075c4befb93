package io.sluice.session.jwt.internal;

import java.io.IOException;
import java.util.List;

/** Several sources of keys as one. One that fails does not matter while another has keys. */
record Sources(List<Keys> sources) implements Keys {
    Sources {
        sources = List.copyOf(sources);
    }

    @Override
    public KeySet keys(String id) throws IOException {
        KeySet all = KeySet.EMPTY;
        IOException problem = new IOException("this server has no keys to check tokens with");
        for (Keys source : sources) {
            // where a file has the key, nobody waits for a URL
            if (id.isEmpty() || !all.names(id)) {
                try {
                    all = all.with(source.keys(id));
                } catch (IOException e) {
                    problem = e;
                }
            }
        }
        if (all.keys().isEmpty()) {
            throw problem;
        }
        return all;
    }
}
