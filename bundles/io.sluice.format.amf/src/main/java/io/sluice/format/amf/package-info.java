/** AMF0 as plain Java values; Adobe "Action Message Format -- AMF 0" (2007). */
package io.sluice.format.amf;
