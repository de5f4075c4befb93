package io.sluice.streams.internal.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void namesInStreamNamesAreReadWhateverPeersWrite() {
        Map<String, String> all = new LinkedHashMap<>();
        Query.read(Query.of("mine?tkn=a%20b&x=1?x=2&100%=%zz&&flag"), all);
        assertEquals("{tkn=a b, x=1, 100%=%zz, flag=}", all.toString());
        assertEquals("", Query.of("mine"));
    }

    @Test
    void linksAreEncodedAndAlwaysInOneOrder() {
        assertEquals("a=1%262&tkn=x+y", Query.text(Map.of("tkn", "x y", "a", "1&2")));
        assertEquals("", Query.text(Map.of()));
    }
}
