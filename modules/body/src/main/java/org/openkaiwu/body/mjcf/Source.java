package org.openkaiwu.body.mjcf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openkaiwu.body.xml.Element;
import org.openkaiwu.body.xml.XmlTree;

/** An MJCF file with the files it includes in their places. */
final class Source {
    /** More files than this are refused. */
    private static final int MAX_FILES = 200;

    private final Element root;
    private final Path dir;
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<Path> dirs = new ArrayList<>();
    private final Map<Element, List<Element>> expanded = new LinkedHashMap<>();

    /**
     * Resolves the includes of a tree.
     *
     * @param file where it was read from; its folder is where names of files start
     */
    Source(Element root, Path file) {
        this.root = root;
        Path full = file.toAbsolutePath().normalize();
        dir = full.getParent();
        dirs.add(dir);
        files.add(full);
        expand(root, dir);
    }

    Element root() {
        return root;
    }

    Path dir() {
        return dir;
    }

    /** The children, with included elements in place of {@code include}. */
    List<Element> children(Element e) {
        return expanded.getOrDefault(e, e.children());
    }

    /** The children of one name. */
    List<Element> children(Element e, String name) {
        return children(e).stream().filter(c -> c.name().equals(name)).toList();
    }

    private void expand(Element e, Path from) {
        if (e.children().stream().noneMatch(c -> c.name().equals("include"))) {
            e.children().forEach(c -> expand(c, from));
            return;
        }
        List<Element> list = new ArrayList<>();
        for (Element c : e.children()) {
            if (c.name().equals("include")) {
                list.addAll(include(c, from));
            } else {
                expand(c, from);
                list.add(c);
            }
        }
        expanded.put(e, list);
    }

    private List<Element> include(Element at, Path from) {
        if (!at.children().isEmpty()) {
            throw at.error("must be empty");
        }
        String name = at.get("file");
        Path path = find(name, List.of(dir, from));
        if (path == null) {
            throw at.error("there is no file \"" + name + "\" in " + from);
        }
        if (!files.add(path)) {
            throw at.error("includes \"" + name + "\" a second time");
        }
        if (files.size() > MAX_FILES) {
            throw at.error("more than " + MAX_FILES + " files are included");
        }
        Path next = path.getParent();
        if (!dirs.contains(next)) {
            dirs.add(next);
        }
        Element included = XmlTree.read(path);
        expand(included, next);
        return children(included);
    }

    /** A file that an element names, below {@code sub}; null when there is none. */
    Path file(String sub, String name) {
        Path plain = Path.of(sub).resolve(name);
        return find(plain.toString(), dirs);
    }

    private static Path find(String name, List<Path> places) {
        for (Path d : places) {
            Path p = d.resolve(name).normalize();
            if (Files.isRegularFile(p)) {
                return p;
            }
        }
        return null;
    }
}
