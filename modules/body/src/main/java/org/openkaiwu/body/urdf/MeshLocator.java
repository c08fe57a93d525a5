package org.openkaiwu.body.urdf;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the file that a mesh reference means.
 *
 * <p>{@code package://NAME/rest} is looked for with and without NAME, first beside the URDF, then
 * in each folder above; the name of the package need not be known. Plain paths are taken from the
 * URDF's folder, then from the mesh folder that its {@code <mujoco>} element names, then as
 * packages.
 */
final class MeshLocator {
    /** Folders above the URDF's that are searched. */
    private static final int MAX_LEVELS = 6;

    private final Path folder;
    private final String meshdir;

    MeshLocator(Path urdf, String meshdir) {
        this.folder = urdf.getParent();
        this.meshdir = meshdir;
    }

    Optional<Path> find(String reference) {
        Set<String> rests = new LinkedHashSet<>();
        String path = reference.replace('\\', '/');
        int scheme = path.indexOf("://");
        if (path.startsWith("$(find ") && path.contains(")")) {
            path = path.substring(7).replaceFirst("\\)", "");
            scheme = -1;
        } else if (scheme >= 0) {
            path = path.substring(scheme + 3);
        }
        rests.add(path);
        int slash = path.indexOf('/');
        if (slash >= 0) {
            rests.add(path.substring(slash + 1));
        }
        try {
            Path asIs = Path.of(path);
            if (asIs.isAbsolute() && Files.isRegularFile(asIs)) {
                return Optional.of(asIs);
            }
            return search(rests, path);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> search(Set<String> rests, String path) {
        List<Path> candidates = new ArrayList<>();
        if (!meshdir.isEmpty()) {
            Path meshes = folder.resolve(meshdir);
            candidates.add(meshes.resolve(relative(path)));
            candidates.add(meshes.resolve(path.substring(path.lastIndexOf('/') + 1)));
        }
        List<Path> found = new ArrayList<>();
        Path at = folder;
        for (int level = 0; level <= MAX_LEVELS && at != null; level++) {
            for (String rest : rests) {
                found.add(at.resolve(relative(rest)));
            }
            if (level == 0) {
                found.addAll(candidates);
            }
            at = at.getParent();
        }
        return found.stream().map(Path::normalize).filter(Files::isRegularFile).findFirst();
    }

    private static String relative(String path) {
        int i = 0;
        while (i < path.length() && path.charAt(i) == '/') {
            i++;
        }
        return path.substring(i);
    }
}
