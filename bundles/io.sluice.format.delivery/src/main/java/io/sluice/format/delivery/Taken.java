package io.sluice.format.delivery;

import io.sluice.api.net.Account;
import java.util.concurrent.TimeUnit;

/** Counts what the receiver takes of what it is given, and tells when it has stalled. On the connection's loop. */
public final class Taken implements Account {
    private final Account account;
    private long bytes;
    private long lastNanos = System.nanoTime();

    /** @param account told the same */
    public Taken(Account account) {
        this.account = account;
    }

    @Override
    public void in(long n) {
        account.in(n);
    }

    @Override
    public void out(long n) {
        account.out(n);
        bytes += n;
        lastNanos = System.nanoTime();
    }

    @Override
    public void packets(long sent, long lost, long retransmitted) {
        account.packets(sent, lost, retransmitted);
    }

    /**
     * To be asked now and then.
     *
     * @param writable the connection has room
     * @param given    bytes that were written to the connection
     * @return nothing was taken for so long of what waits
     */
    public boolean stalled(boolean writable, long given, long millis) {
        if (writable && given <= bytes) {
            lastNanos = System.nanoTime();
        }
        return System.nanoTime() - lastNanos >= TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
