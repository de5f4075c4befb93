package io.sluice.format.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The folders that files may be read from, or written to. What lies elsewhere is refused, also behind ".." and symbolic links, and without a word on whether it exists. */
public final class Roots {
    private final List<Path> roots;
    private final String configuration;

    /**
     * @param roots         at least one; a relative path of a file begins at the first
     * @param configuration in whose 'roots' they are, for the sentence that refuses
     */
    public Roots(List<Path> roots, String configuration) {
        this.configuration = configuration;
        this.roots = roots.stream().map(p -> p.toAbsolutePath().normalize()).toList();
    }

    /** Opens a file for reading; blocks. @throws IOException with a sentence */
    public SeekableByteChannel open(String path) throws IOException {
        Path real = resolve(path);
        return Files.newByteChannel(real, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * A look at a file that was read before, at the cost of one system call where {@link #resolve} takes a dozen. Where it is the stamp of then, the file is the one that was allowed
     * then. Blocks.
     *
     * @return null where there is none, or it cannot be looked at
     */
    public FileStamp glance(String path) {
        try {
            return FileStamp.of(roots.get(0).resolve(parsed(path)).normalize());
        } catch (IOException e) {
            return null;
        }
    }

    /** Of a file that may be read. Blocks. @throws IOException with a sentence, as {@link #resolve} */
    public FileStamp stamp(String path) throws IOException {
        return FileStamp.of(resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** @return the file itself, without symbolic links. @throws IOException with a sentence: it lies elsewhere, is not there, or is no file */
    public Path resolve(String path) throws IOException {
        List<Path> allowed = allowed();
        Path asked = asked(path);
        within(allowed, asked);
        Path real = existing(asked);
        within(allowed, real);
        return file(real);
    }

    /**
     * Where a file may be made or replaced: folders on the way may be missing, those that are there lie within the roots.
     *
     * @return without symbolic links, as far as it is there. @throws IOException with a sentence: it lies elsewhere, or something else than a file is there
     */
    public Path place(String path) throws IOException {
        List<Path> allowed = allowed();
        Path asked = asked(path);
        within(allowed, asked);
        Path there = asked;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            if (roots.contains(there)) {
                throw new IOException("there is no folder " + there);
            }
            there = there.getParent();
        }
        Path real = existing(there);
        if (there.equals(asked)) {
            within(allowed, real);
            return file(real);
        }
        Path place = real.resolve(there.relativize(asked));
        within(allowed, place);
        return place;
    }

    /** Looks at the words of a path only; no I/O. @throws IOException with a sentence: it lies elsewhere */
    public void check(String path) throws IOException {
        within(roots, asked(path));
    }

    private Path asked(String path) throws IOException {
        return roots.get(0).resolve(parsed(path)).normalize();
    }

    private List<Path> allowed() throws IOException {
        List<Path> allowed = new ArrayList<>(roots);
        for (Path root : roots) {
            if (Files.isDirectory(root)) {
                allowed.add(root.toRealPath());
            }
        }
        return allowed;
    }

    private static Path file(Path real) throws IOException {
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("a file was wanted, " + real + " is none");
        }
        return real;
    }

    private static Path parsed(String path) throws IOException {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new IOException("'" + path + "' is no path: " + e.getReason());
        }
    }

    private static Path existing(Path asked) throws IOException {
        try {
            return asked.toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + asked);
        }
    }

    private void within(List<Path> allowed, Path path) throws IOException {
        if (allowed.stream().noneMatch(path::startsWith)) {
            throw new IOException("it lies outside of the folders that are allowed ("
                + roots.stream().map(Path::toString).collect(Collectors.joining(", "))
                + "). Move it there, or add its folder to 'roots' of the configuration " + configuration);
        }
    }
}
