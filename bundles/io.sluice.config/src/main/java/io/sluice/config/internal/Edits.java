package io.sluice.config.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what somebody else did to the files. Editors write in several steps: a file that is missing or makes no sense counts only when the next look finds it the same.
 * Not thread-safe: its store's lock guards it.
 */
final class Edits {
    private static final Logger LOG = LoggerFactory.getLogger(Edits.class);

    private final ConfFolder folder;
    private final Map<String, ConfFolder.Stamp> seen = new TreeMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, ConfFolder.Stamp> doubtful = new HashMap<>();
    private final Set<String> missing = new HashSet<>();

    Edits(ConfFolder folder) {
        this.folder = folder;
    }

    /**
     * @param changed values that are to be used now
     * @param gone    PIDs whose file was deleted
     * @param look    look again soon: something was not sure
     */
    record Found(List<Stored> changed, List<String> gone, boolean look) {
    }

    List<Stored> firstReading() throws IOException {
        List<Stored> result = new ArrayList<>();
        for (Map.Entry<String, ConfFolder.Stamp> file : folder.stamps().entrySet()) {
            seen.put(file.getKey(), file.getValue());
            try {
                result.add(read(file.getKey(), file.getValue(), null));
            } catch (IOException e) {
                refuse(file.getKey(), e, "it has no configuration until that is put right");
            }
        }
        return result;
    }

    /** @param configurations what is in use; a file that was written anew with the same values gets its new stamp there, and nobody needs to know */
    Found look(Map<String, Stored> configurations) throws IOException {
        Map<String, ConfFolder.Stamp> files = folder.stamps();
        List<Stored> changed = new ArrayList<>();
        files.forEach((file, stamp) -> {
            if (!stamp.equals(seen.get(file))) {
                Stored before = configurations.get(FileName.parse(file).orElseThrow().pid());
                Stored now = readChanged(file, stamp, before);
                if (now != null && before != null && before.stamp() != null && before.sameValues(now)) {
                    configurations.put(now.name().pid(), now);
                } else if (now != null) {
                    LOG.info("{} was edited", file);
                    changed.add(now);
                }
            }
        });
        List<String> gone = gone(files, configurations);
        return new Found(changed, gone, !doubtful.isEmpty() || !missing.isEmpty());
    }

    /** @return null when it is not to be used (yet) */
    private Stored readChanged(String file, ConfFolder.Stamp stamp, Stored before) {
        try {
            Stored now = read(file, stamp, before);
            seen.put(file, stamp);
            doubtful.remove(file);
            broken.remove(file);
            return now;
        } catch (IOException e) {
            if (stamp.equals(doubtful.put(file, stamp))) {
                seen.put(file, stamp);
                doubtful.remove(file);
                refuse(file, e, before == null ? "it has no configuration until that is put right" : "the values from before stay in use");
            }
            return null;
        }
    }

    private List<String> gone(Map<String, ConfFolder.Stamp> files, Map<String, Stored> configurations) {
        List<String> result = new ArrayList<>();
        seen.keySet().removeIf(file -> {
            if (files.containsKey(file)) {
                missing.remove(file);
                return false;
            }
            if (missing.add(file)) {
                return false;
            }
            missing.remove(file);
            broken.remove(file);
            doubtful.remove(file);
            configurations.values().stream().filter(stored -> stored.name().file().equals(file)).map(stored -> stored.name().pid()).findFirst().ifPresent(result::add);
            LOG.info("{} was deleted by hand", file);
            return true;
        });
        return result;
    }

    /** Called before a file is replaced, so that nothing is lost that somebody wrote and that we have not taken over. */
    void beforeWriting(String file, ConfFolder.Stamp inUse) throws IOException {
        if (broken.contains(file) && folder.stamp(file) != null) {
            folder.setAside(file);
            LOG.warn("{} was saved anew; the broken file is now {}.broken", file, file);
        } else if (folder.stamp(file) != null && !folder.stamp(file).equals(inUse)) {
            throw new IOException(folder.path().resolve(file) + " was edited by hand a moment ago and is not in use yet; look at it, then save again");
        }
    }

    /** @param stamp of what the store itself wrote, or null when it deleted the file */
    void written(String file, ConfFolder.Stamp stamp) {
        broken.remove(file);
        doubtful.remove(file);
        missing.remove(file);
        if (stamp == null) {
            seen.remove(file);
        } else {
            seen.put(file, stamp);
        }
    }

    private Stored read(String file, ConfFolder.Stamp stamp, Stored before) throws IOException {
        return Stored.read(FileName.parse(file).orElseThrow(), folder.read(file), stamp, before);
    }

    private void refuse(String file, IOException e, String consequence) {
        broken.add(file);
        LOG.error("{}: {}; {}", folder.path().resolve(file), e.getMessage(), consequence);
    }
}
