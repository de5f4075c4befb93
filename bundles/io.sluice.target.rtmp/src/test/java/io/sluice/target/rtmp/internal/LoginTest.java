package io.sluice.target.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The digests were computed by another program. */
class LoginTest {
    private static final String NEED = "[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=needauth&user=joe&salt=s4lt&challenge=chal";

    private static Login login(String user) {
        return new Login(user, "secret", "live", () -> "0a1b2c3d");
    }

    @Test
    void firstTheUserIsNamed() {
        assertEquals("?authmod=adobe&user=joe", login("joe").answer("[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] : "));
    }

    @Test
    void adobesDigestIsOfTheOpaqueWordOrElseOfTheChallenge() {
        assertEquals("?authmod=adobe&user=joe&challenge=0a1b2c3d&response=bsTsariazp0GIHG3BbytWA==&opaque=opq==", login("joe").answer(NEED + "&opaque=opq=="));
        assertEquals("?authmod=adobe&user=joe&challenge=0a1b2c3d&response=T9PBmdkJxwCKfkO2+CmgQg==", login("joe").answer(NEED));
    }

    @Test
    void limelightsDigestIsThatOfHttp() {
        assertEquals("?authmod=llnw&user=joe&nonce=n0nce&cnonce=0a1b2c3d&nc=00000001&response=80023236b85bcfbc832ae032e059fe86",
            login("joe").answer("[ AccessManager.Reject ] : [ authmod=llnw ] : ?reason=needauth&nonce=n0nce"));
    }

    @Test
    void whatIsNoQuestionForAPasswordIsNone() {
        assertNull(login("joe").answer("the application does not exist"));
    }

    @Test
    void aPasswordIsGivenOnceAndAWrongOneIsSaid() {
        Login login = login("joe");
        login.answer(NEED);
        assertThrows(IllegalArgumentException.class, () -> login.answer(NEED));
        String failed = assertThrows(IllegalArgumentException.class, () -> login("joe").answer("[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=authfailed&opaque=x")).getMessage();
        assertEquals("the receiver does not accept this user and password (authfailed)", failed);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> login("").answer(NEED)).getMessage().contains("wants a user"));
        assertThrows(IllegalArgumentException.class, () -> login("joe").answer("[ authmod=other ]"));
    }
}
