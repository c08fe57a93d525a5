package org.openkaiwu.body.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.InputException;

class MeshReaderTest {
    private static final String TEXT_STL =
            """
            solid part
              facet normal 0 0 1
                outer loop
                  vertex 0 0 0
                  vertex 1 0 0
                  vertex 0 1 0
                endloop
              endfacet
              facet normal 0 0 1
                outer loop
                  vertex 1 0 0
                  vertex 1 1 0
                  vertex 0 1 0
                endloop
              endfacet
            endsolid part
            """;

    private static final String OBJ =
            """
            # a square and a triangle
            v 0 0 0
            v 1 0 0
            v 1 1 0
            v 0 1 0
            vn 0 0 1
            f 1//1 2//1 3//1 4//1
            f -4 -3 -1
            """;

    private static final String DAE =
            """
            <?xml version="1.0"?>
            <COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1">
              <asset><unit name="centimeter" meter="0.01"/><up_axis>Y_UP</up_axis></asset>
              <library_geometries><geometry id="g"><mesh>
                <source id="s"><float_array id="a" count="9">0 0 0 1 0 0 0 2 0</float_array>
                  <technique_common><accessor source="#a" count="3" stride="3"/></technique_common>
                </source>
                <vertices id="v"><input semantic="POSITION" source="#s"/></vertices>
                <polylist count="1"><input semantic="VERTEX" source="#v" offset="0"/>
                  <input semantic="NORMAL" source="#s" offset="1"/>
                  <vcount>3</vcount><p>0 0 1 0 2 0</p></polylist>
              </mesh></geometry></library_geometries>
              <library_visual_scenes><visual_scene id="scene">
                <node><translate>0 0 3</translate>
                  <node><scale>100 100 100</scale><instance_geometry url="#g"/></node></node>
              </visual_scene></library_visual_scenes>
              <scene><instance_visual_scene url="#scene"/></scene>
            </COLLADA>
            """;

    @Test
    void textStlWeldsCorners() {
        TriangleMesh mesh = read("part.stl", TEXT_STL);
        assertThat(mesh.vertices()).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0);
        assertThat(mesh.triangles()).containsExactly(0, 1, 2, 1, 3, 2);
    }

    @Test
    void binaryStlMayBeginWithSolid() {
        byte[] bytes = binaryStl(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0);
        TriangleMesh mesh = MeshReader.read("PART.STL", bytes);
        assertThat(mesh.triangles()).containsExactly(0, 1, 2, 1, 3, 2);
    }

    @Test
    void objCutsPolygonsAndCountsBack() {
        TriangleMesh mesh = read("a.obj", OBJ);
        assertThat(mesh.vertexCount()).isEqualTo(4);
        assertThat(mesh.triangles()).containsExactly(0, 1, 2, 0, 2, 3, 0, 1, 3);
    }

    @Test
    void colladaAppliesNodesUnitAndUpAxis() {
        TriangleMesh mesh = read("a.dae", DAE);
        // y up becomes z up, centimetres become metres, the inner node scales by 100
        assertThat(mesh.vertices()).containsExactly(0, -0.03f, 0, 1, -0.03f, 0, 0, -0.03f, 2);
        assertThat(mesh.triangles()).containsExactly(0, 1, 2);
    }

    @Test
    void errorsNameFileAndPlace() {
        assertThatThrownBy(() -> read("a.obj", "v 0 0 0\nv 1 x 0\n"))
                .isInstanceOf(InputException.class)
                .hasMessage("a.obj:2: \"x\" is no number");
        assertThatThrownBy(() -> read("a.obj", "v 0 0 0\nf 1 2 3\n"))
                .hasMessageContaining("a.obj: line 2: face names a vertex that is not there");
        assertThatThrownBy(() -> read("a.stl", TEXT_STL.substring(0, 120)))
                .hasMessageContaining("a.stl:8");
        byte[] cut = Arrays.copyOf(binaryStl(0, 0, 0, 1, 0, 0, 0, 1, 0), 100);
        assertThatThrownBy(() -> MeshReader.read("cut.stl", cut))
                .hasMessageContaining("announces 1 triangles but the file holds 0");
        assertThatThrownBy(() -> read("a.fbx", "")).hasMessageContaining("format is not known");
        assertThatThrownBy(() ->
                        MeshReader.read("nan.stl", binaryStl(Float.NaN, 0, 0, 1, 0, 0, 0, 1, 0)))
                .hasMessageContaining("triangle 0");
    }

    @Test
    void xmlAttacksAreRefused() {
        String bomb =
                "<!DOCTYPE COLLADA [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                        + "<COLLADA>&b;</COLLADA>";
        assertThatThrownBy(() -> read("bomb.dae", bomb)).hasMessageContaining("DOCTYPE");
        String circle = DAE.replace("<translate>", "<instance_node url=\"#n\"/><translate>");
        assertThatThrownBy(
                        () -> read("circle.dae", circle.replaceFirst("<node>", "<node id=\"n\">")))
                .hasMessageContaining("circle");
    }

    @Test
    void damagedFilesGiveInputExceptionsOnly() {
        Random random = new Random(11);
        byte[][] seeds = {
            TEXT_STL.getBytes(StandardCharsets.UTF_8),
            binaryStl(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0),
            OBJ.getBytes(StandardCharsets.UTF_8),
            DAE.getBytes(StandardCharsets.UTF_8)
        };
        String[] names = {"a.stl", "b.stl", "c.obj", "d.dae"};
        for (int round = 0; round < 4000; round++) {
            byte[] bytes = seeds[round % 4].clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut =
                    random.nextInt(3) == 0
                            ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
                            : bytes;
            try {
                MeshReader.read(names[round % 4], cut);
            } catch (InputException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static TriangleMesh read(String name, String text) {
        return MeshReader.read(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] binaryStl(float... corners) {
        int n = corners.length / 9;
        ByteBuffer out = ByteBuffer.allocate(84 + 50 * n).order(ByteOrder.LITTLE_ENDIAN);
        out.put("solid binary".getBytes(StandardCharsets.UTF_8)).position(80).putInt(n);
        for (int i = 0; i < n; i++) {
            out.putFloat(0).putFloat(0).putFloat(1);
            for (int k = 0; k < 9; k++) {
                out.putFloat(corners[9 * i + k]);
            }
            out.putShort((short) 0);
        }
        return out.array();
    }
}
