package io.sluice.target.ts.internal;

import io.sluice.api.net.Account;

/** Notes when the receiver took something last. On the connection's loop. */
final class Taken implements Account {
    private final Account account;
    private long lastNanos = System.nanoTime();

    Taken(Account account) {
        this.account = account;
    }

    long lastNanos() {
        return lastNanos;
    }

    @Override
    public void in(long bytes) {
        account.in(bytes);
    }

    @Override
    public void out(long bytes) {
        lastNanos = System.nanoTime();
        account.out(bytes);
    }

    @Override
    public void packets(long sent, long lost, long retransmitted) {
        account.packets(sent, lost, retransmitted);
    }
}
