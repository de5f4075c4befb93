package io.sluice.pushes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rtmp://user:pass@host/app/name                 | rtmp://…@host/app/name
        rtmps://h:443/live2/abcd-efgh-ijkl-mnop        | rtmps://h:443/live2/abcd…
        RTMP://h/app/deep/abcdefghijklm?backup=1       | RTMP://h/app/deep/abcd…?backup=1
        rtmp://h/app/abcdefghijklm: nobody listens     | rtmp://h/app/abcd… nobody listens
        (rtmp://h/app/abcdefghijklm, rtmp://h/a/cam)   | (rtmp://h/app/abcd…, rtmp://h/a/cam)
        rtmp://h/app/abcd…                             | rtmp://h/app/abcd…
        rtmp://h/app/$stream-is-long-enough            | rtmp://h/app/$stream-is-long-enough
        rtmp://long-name-of-a-host.example/live        | rtmp://long-name-of-a-host.example/live
        https://h/x/abcdefghijklmnop.ts?token=t        | https://h/x/abcdefghijklmnop.ts?token=…
        https://h/x?key=$[env:KEY]                     | https://h/x?key=$[env:KEY]
        recordings/abcdefghijklmnop.ts                 | recordings/abcdefghijklmnop.ts
        """)
    void noSecretIsShown(String text, String shown) {
        assertEquals(shown, Shown.text(text));
    }
}
