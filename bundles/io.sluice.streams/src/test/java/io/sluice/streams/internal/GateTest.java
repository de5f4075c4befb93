package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.Denied;
import io.sluice.streams.internal.gate.Catalogue;
import io.sluice.streams.internal.gate.OfferedKeys;
import io.sluice.streams.internal.gate.PublishRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    private static StreamConfig config(String name, String source, String fallback, List<String> keys) {
        return new StreamConfig(name, source, false, fallback, 50_000, 8 << 20, 10_000, true, 0, 1900, 6, 0, 40, keys);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # source                    | stream keys | global | open  | peer        | offered | answer
        push://                     | -           | K      | false | 10.0.0.1    | K       | OK
        push://                     | -           | K      | false | 10.0.0.1    | wrong   | KEY
        push://                     | -           | K      | false | 10.0.0.1    | -       | KEY
        push://                     | -           | -      | false | 10.0.0.1    | K       | KEY
        push://                     | -           | -      | true  | 10.0.0.1    | -       | OK
        push://                     | S           | K      | false | 10.0.0.1    | K       | KEY
        push://                     | S           | K      | false | 10.0.0.1    | S       | OK
        push://                     | S           | K      | true  | 10.0.0.1    | wrong   | OK
        push://@P                   | -           | K      | false | 10.0.0.1    | P       | OK
        push://@P                   | -           | K      | false | 10.0.0.1    | K       | KEY
        push://@P                   | S           | K      | false | 10.0.0.1    | S       | OK
        push://10.0.0.1             | -           | K      | false | 10.0.0.1    | -       | OK
        push://10.0.0.1             | -           | K      | false | 10.0.0.2    | -       | ADDRESS
        push://10.0.0.1             | -           | K      | false | 10.0.0.2    | K       | ADDRESS
        push://10.0.0.1@P           | -           | K      | false | 10.0.0.2    | P       | OK
        push://10.0.0.1@P           | -           | K      | false | 10.0.0.1    | wrong   | OK
        push://10.0.0.1@P           | -           | K      | false | 10.0.0.2    | wrong   | ADDRESS
        push://10.0.0.0/8           | -           | K      | false | 10.9.9.9    | -       | OK
        push://10.0.0.0/12          | -           | K      | false | 10.16.0.1   | -       | ADDRESS
        push://10.0.0.0/12          | -           | K      | false | 10.15.0.1   | -       | OK
        push://10.0.0.1,10.0.0.3    | -           | K      | false | 10.0.0.3    | -       | OK
        push://2001:db8::/33        | -           | K      | false | 2001:db8::7 | -       | OK
        push://2001:db8::/33        | -           | K      | false | 2001:db8:8000::7 | -  | ADDRESS
        push://0.0.0.0/0            | -           | K      | false | 2001:db8::7 | -       | ADDRESS
        push://localhost            | -           | K      | false | 127.0.0.1   | -       | OK
        push://localhost            | -           | K      | false | 10.0.0.1    | -       | ADDRESS
        push://10.0.0.1/99          | -           | K      | false | 10.0.0.1    | K       | ADDRESS
        file:/x.mp4                 | -           | K      | true  | 10.0.0.1    | K       | BUSY
        """)
    void whoMayPublish(String source, String streamKey, String global, boolean open, String peer, String offered, String answer) throws UnknownHostException {
        Settings settings = new Settings(global == null ? "" : global, open, "", 0, 0, 1 << 20, 0, 0, 0, 0, 0, true, 20_000);
        StreamConfig config = config("mine", source, "", streamKey == null ? List.of() : List.of(streamKey));
        OfferedKeys keys = OfferedKeys.of(Credentials.of("mine" + (offered == null ? "" : "?key=" + offered)));
        CompletableFuture<Void> check = new PublishRules(Runnable::run, new Turned()).check("mine", config, settings, keys, InetAddress.getByName(peer));
        String found = "OK";
        try {
            check.join();
        } catch (CompletionException e) {
            Denied no = (Denied) e.getCause();
            found = no.reason().name();
            for (String secret : new String[] {streamKey, global, offered}) {
                assertFalse(secret != null && no.getMessage().contains("'" + secret + "'"), no.getMessage());
            }
        }
        assertEquals(answer, found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # app       | name                    | parameters | user | password | key     | any   | matches
        live        | mine?key=secret         | -          | -    | -        | secret  | true  | true
        live        | mine?pass=secret        | -          | -    | -        | secret  | true  | true
        live        | mine?x=1&key=secret     | -          | -    | -        | secret  | true  | true
        live        | mine?key=a%2Bb          | -          | -    | -        | a+b     | true  | true
        live        | mine?key=100%           | -          | -    | -        | 100%    | true  | true
        live        | mine                    | key=secret | -    | -        | secret  | true  | true
        live        | mine                    | pass=secret| -    | -        | secret  | true  | true
        live        | mine                    | token=secret| -   | -        | secret  | false | false
        live?key=secret | mine                | -          | -    | -        | secret  | true  | true
        secret      | mine                    | -          | -    | -        | secret  | false | true
        live        | mine                    | -          | any  | secret   | secret  | true  | true
        live        | mine                    | -          | secret | wrong  | secret  | true  | false
        live        | mine?key=Secret         | -          | -    | -        | secret  | true  | false
        live        | mine?key=               | -          | -    | -        | ''      | false | false
        live        | mine                    | -          | -    | -        | secret  | false | false
        """)
    void keysAreReadFromEveryPlaceThatPeersPutThem(String app, String name, String parameters, String user, String password, String key, boolean any, boolean matches) {
        Map<String, String> map = parameters == null ? Map.of() : Map.of(parameters.split("=")[0], parameters.split("=")[1]);
        OfferedKeys keys = OfferedKeys.of(new Credentials(app, name, map, user == null ? "" : user, password == null ? "" : password));
        assertEquals(matches, keys.match(key));
        assertEquals(any, keys.any());
        assertFalse(keys.toString().contains("secret"));
    }

    @Test
    void theNearestConfigurationCoversAName() {
        Catalogue c = new Catalogue(List.of(config("mine", "push://", "", List.of()), config("cam-*", "push://", "", List.of()), config("cam-1*", "push://", "", List.of()),
            config("*", "push://", "", List.of()), config("mine+special", "push://", "", List.of())));
        assertEquals("mine", c.find("mine").name());
        assertEquals("mine", c.find("mine+guest").name());
        assertEquals("mine+special", c.find("mine+special").name());
        assertEquals("cam-*", c.find("cam-2").name());
        assertEquals("cam-1*", c.find("cam-17+x").name());
        assertEquals("*", c.find("minetoo").name());
        assertEquals(null, new Catalogue(List.of(config("mine", "push://", "", List.of()))).find("other"));
    }

    @Test
    void viewersOfAnOfflineStreamGetItsFallbackAndCirclesEnd() {
        Settings s = House.settings();
        Settings withDefault = new Settings("K", false, "slate", 0, 0, s.memoryBytes(), 10_000, 30_000, 3000, 15_000, 60_000, true, 20_000);
        try (House house = new House(withDefault, config("a", "push://", "b", List.of()), config("b", "push://", "c", List.of()), config("c", "push://", "a", List.of()),
            config("slate", "push://", "", List.of()))) {
            Denied no = (Denied) assertThrows(CompletionException.class, () -> house.play(house.peer(), "a").join()).getCause();
            assertEquals("no such stream yet: nobody publishes a", no.getMessage());
            new Camera(house, "slate?key=K", 5).write(1);
            assertEquals("slate", house.play(house.peer(), "a").join().stream());
            assertEquals("slate", house.play(house.peer(), "unknown").join().stream());
            new Camera(house, "C?key=K", 5).write(1);
            assertEquals("c", house.play(house.peer(), "a").join().stream());
            assertEquals("c", house.streams.info("a").fallback());
        }
    }

    @Test
    void limitsComeFirst() {
        Settings s = House.settings();
        Settings few = new Settings("K", false, "", 1, 1, s.memoryBytes(), 10_000, 30_000, 3000, 15_000, 60_000, true, 20_000);
        try (House house = new House(few, config("*", "push://", "", List.of()))) {
            new Camera(house, "a?key=K", 5).write(1);
            Denied streams = (Denied) assertThrows(CompletionException.class, () -> house.publish(house.peer(), "b?key=K").join()).getCause();
            assertEquals(Denied.Reason.LIMIT, streams.reason());
            house.play(house.peer(), "a").join();
            Denied viewers = (Denied) assertThrows(CompletionException.class, () -> house.play(house.peer(), "a").join()).getCause();
            assertEquals(Denied.Reason.LIMIT, viewers.reason());
        }
    }

    @Test
    void whatIsNotConfiguredIsUnknownAndWildcardsAreStreamsOfTheirOwn() {
        try (House house = new House(House.settings(), config("n", "push://", "", List.of()))) {
            Denied no = (Denied) assertThrows(CompletionException.class, () -> house.publish(house.peer(), "x?key=K").join()).getCause();
            assertEquals(Denied.Reason.UNKNOWN, no.reason());
            new Camera(house, "n+1?key=K", 5).write(1);
            new Camera(house, "N 2?key=K", 5).write(2);
            house.tick();
            assertEquals(1, house.streams.info("n+1").framesIn());
            assertEquals(2, house.streams.info("n+2").framesIn());
            assertEquals("n", house.streams.info("n+2").configuration());
            assertTrue(house.streams.list().stream().anyMatch(i -> i.name().equals("n+1")));
        }
    }
}
