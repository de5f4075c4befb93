package io.sluice.streams.internal.gate;

import io.sluice.api.stream.Denied;
import io.sluice.streams.internal.Settings;
import io.sluice.streams.internal.StreamConfig;
import io.sluice.streams.internal.media.Clock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Who may publish: the key or the address. A right key or password lets in from anywhere; where addresses are given, such an address needs no key; where none are,
 * a key is needed. The global key counts for streams that have no key and no password of their own. Open mode asks nobody. From any thread.
 */
public final class PublishRules {
    private final HostNames hosts;

    public PublishRules(Executor workers, Clock clock) {
        hosts = new HostNames(workers, clock);
    }

    /** Completes with null, or exceptionally with {@link Denied}; on any thread. */
    public CompletableFuture<Void> check(String stream, StreamConfig config, Settings settings, OfferedKeys offered, InetAddress peer) {
        if (!PushSource.is(config.source())) {
            return denied(Denied.Reason.BUSY, stream + " takes its media from " + config.sourceShown() + "; to publish to it, its source must be push://");
        }
        if (settings.open()) {
            return CompletableFuture.completedFuture(null);
        }
        PushSource push;
        try {
            push = PushSource.parse(config.source());
        } catch (IllegalArgumentException e) {
            return denied(Denied.Reason.ADDRESS, "the source of " + stream + " is configured wrongly: " + e.getMessage());
        }
        List<String> keys = keys(push, config, settings);
        if (keys.stream().filter(offered::match).count() > 0 || AddressRule.matches(push.allowed(), peer)) {
            return CompletableFuture.completedFuture(null);
        }
        List<AddressRule> names = push.allowed().stream().filter(AddressRule::isHost).toList();
        Denied no = refusal(stream, push, keys, offered);
        return names.isEmpty() ? CompletableFuture.failedFuture(no) : byName(names, peer, no);
    }

    private static List<String> keys(PushSource push, StreamConfig config, Settings settings) {
        List<String> keys = new ArrayList<>(config.publishKeys());
        keys.add(push.password());
        keys.removeIf(String::isEmpty);
        if (keys.isEmpty() && push.allowed().isEmpty() && !settings.publishKey().isEmpty()) {
            keys.add(settings.publishKey());
        }
        return keys;
    }

    private static Denied refusal(String stream, PushSource push, List<String> keys, OfferedKeys offered) {
        if (!push.allowed().isEmpty()) {
            return new Denied(Denied.Reason.ADDRESS, "this address may not publish " + stream + (keys.isEmpty() ? "" : ", and no right key was given"));
        }
        if (keys.isEmpty()) {
            return new Denied(Denied.Reason.KEY, "no publish key is configured, so nobody may publish " + stream
                + ": set publishKey in io.sluice.streams (or SLUICE_PUBLISH_KEY), or publishKeys of the stream");
        }
        return new Denied(Denied.Reason.KEY, offered.any() ? "the publish key for " + stream + " is wrong"
            : "a publish key is needed for " + stream + ": give it as ?key=KEY behind the stream name");
    }

    private CompletableFuture<Void> byName(List<AddressRule> names, InetAddress peer, Denied no) {
        List<CompletableFuture<List<InetAddress>>> answers = names.stream().map(n -> hosts.find(n.text())).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).thenAccept(all -> {
            if (answers.stream().noneMatch(a -> a.join().contains(peer))) {
                throw no;
            }
        });
    }

    private static CompletableFuture<Void> denied(Denied.Reason reason, String message) {
        return CompletableFuture.failedFuture(new Denied(reason, message));
    }
}
