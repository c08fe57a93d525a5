package org.openkaiwu.body.mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.openkaiwu.math.InputException;

/**
 * Reads mesh files: STL (binary and text), OBJ, MuJoCo's MSH, Collada.
 *
 * <p>Coordinates are rounded to single precision, as MuJoCo does. Corners of an STL file that have
 * the same bits become one vertex, in order of first appearance; the other formats keep their
 * vertices. A file is at most {@value #MAX_BYTES} bytes.
 */
public final class MeshReader {
    /** Larger files are refused. */
    public static final int MAX_BYTES = 256 << 20;

    private MeshReader() {}

    /**
     * Reads a mesh file; the kind follows from its ending, for an STL also from its content.
     *
     * @throws InputException when it is missing, too large, of no known kind, or damaged
     */
    public static TriangleMesh read(Path file) {
        String where = file.getFileName() == null ? file.toString() : file.getFileName().toString();
        byte[] bytes;
        try {
            if (!Files.isRegularFile(file)) {
                throw new InputException(file.toString(), "no such mesh file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new InputException(
                        where, "mesh file is larger than " + (MAX_BYTES >> 20) + " MB; reduce it");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InputException(where, "mesh file can't be read: " + e.getMessage(), e);
        }
        return read(where, bytes);
    }

    /**
     * Reads a mesh from bytes.
     *
     * @param where the file's name, for its ending and for messages
     * @throws InputException as {@link #read(Path)}
     */
    public static TriangleMesh read(String where, byte[] bytes) {
        String lower = where.toLowerCase(Locale.ROOT);
        int dot = lower.lastIndexOf('.');
        return switch (dot < 0 ? "" : lower.substring(dot + 1)) {
            case "stl" -> isBinaryStl(bytes) ? binaryStl(where, bytes) : TextMesh.stl(where, bytes);
            case "obj" -> TextMesh.obj(where, bytes);
            case "msh" -> msh(where, bytes);
            case "dae" -> Collada.read(where, bytes);
            default ->
                    throw new InputException(
                            where, "mesh format is not known; use STL, OBJ, MSH or DAE");
        };
    }

    /** The length decides, since binary files may begin with "solid" too. */
    private static boolean isBinaryStl(byte[] bytes) {
        if (bytes.length < 84) {
            return false;
        }
        long n = Integer.toUnsignedLong(little(bytes).getInt(80));
        if (84 + 50 * n == bytes.length) {
            return true;
        }
        for (int i = 0; i < 84; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return !new String(bytes, 0, 5, StandardCharsets.ISO_8859_1).equalsIgnoreCase("solid");
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static TriangleMesh binaryStl(String where, byte[] bytes) {
        ByteBuffer in = little(bytes);
        long n = Integer.toUnsignedLong(in.getInt(80));
        if (84 + 50 * n > bytes.length) {
            throw new InputException(
                    where,
                    "STL header announces "
                            + n
                            + " triangles but the file holds "
                            + (bytes.length - 84) / 50
                            + "; it is cut short or no STL file");
        }
        MeshBuilder mesh = new MeshBuilder(where);
        int[] corner = new int[3];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 3; k++) {
                int at = 84 + 50 * i + 12 * (k + 1);
                corner[k] =
                        mesh.welded(
                                in.getFloat(at),
                                in.getFloat(at + 4),
                                in.getFloat(at + 8),
                                "triangle " + i);
            }
            mesh.triangle(corner[0], corner[1], corner[2], "triangle " + i);
        }
        return mesh.build();
    }

    /** MuJoCo's binary format: four counts, then vertices, normals, texture coordinates, faces. */
    private static TriangleMesh msh(String where, byte[] bytes) {
        if (bytes.length < 16) {
            throw new InputException(where, "MSH file is cut short");
        }
        ByteBuffer in = little(bytes);
        long nvertex = in.getInt(0);
        long nnormal = in.getInt(4);
        long ntexture = in.getInt(8);
        long nface = in.getInt(12);
        long size = 16 + 12 * nvertex + 12 * nnormal + 8 * ntexture + 12 * nface;
        if (nvertex < 1 || nnormal < 0 || ntexture < 0 || nface < 0 || size != bytes.length) {
            throw new InputException(where, "MSH counts do not fit the file's length");
        }
        MeshBuilder mesh = new MeshBuilder(where);
        for (int i = 0; i < nvertex; i++) {
            int at = 16 + 12 * i;
            mesh.vertex(in.getFloat(at), in.getFloat(at + 4), in.getFloat(at + 8), "vertex " + i);
        }
        int faces = (int) (size - 12 * nface);
        for (int i = 0; i < nface; i++) {
            int at = faces + 12 * i;
            mesh.triangle(in.getInt(at), in.getInt(at + 4), in.getInt(at + 8), "face " + i);
        }
        return mesh.build();
    }
}
