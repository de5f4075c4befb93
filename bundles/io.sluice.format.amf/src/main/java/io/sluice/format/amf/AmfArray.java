package io.sluice.format.amf;

import java.util.Map;

/** Names a map that is to be written as an ECMA array, as players expect of onMetaData. Reading gives plain maps for both. */
public record AmfArray(Map<String, ?> entries) {
}
