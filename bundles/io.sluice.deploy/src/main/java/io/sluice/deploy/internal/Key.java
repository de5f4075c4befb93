package io.sluice.deploy.internal;

/**
 * What consumers select by: a plugin type and a name.
 *
 * @param type class name of the plugin interface
 * @param name the service property sluice.name
 */
record Key(String type, String name) {
    /** As people read it: "Protocol rtmp". */
    @Override
    public String toString() {
        return type.substring(type.lastIndexOf('.') + 1) + " " + name;
    }
}
