package org.openkaiwu.app.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.Names;
import org.openkaiwu.perception.Shape;
import org.openkaiwu.perception.WorldMap;
import org.openkaiwu.sim.Layout;

/**
 * What a robot is told before a run: the map of rooms and furniture, and what things and people it
 * may meet look like. Poses of things are left out: those it has to see.
 */
public final class Knowledge {
    private Knowledge() {}

    /** Rooms and furniture. */
    public static WorldMap map(Layout layout) {
        return new WorldMap(layout.places().stream().map(Knowledge::place).toList());
    }

    private static WorldMap.Place place(Layout.Place p) {
        return new WorldMap.Place(
                p.id(),
                p.kind(),
                p.colour(),
                names(p.names()),
                p.room(),
                p.pose(),
                p.parts().isEmpty() ? Optional.empty() : Optional.of(shape(p.parts())),
                p.size(),
                p.tops().stream()
                        .map(t -> new WorldMap.SurfaceAt(t.centre(), t.sizeX(), t.sizeY()))
                        .toList(),
                p.inner().map(i -> new Catalogue.Container(i.centre(), i.size())));
    }

    /** What things and people look like. */
    public static Catalogue catalogue(Layout layout) {
        Map<String, Catalogue.Entry> entries = new LinkedHashMap<>();
        for (Layout.Thing t : layout.things()) {
            entries.put(
                    t.id(),
                    new Catalogue.Entry(
                            t.id(),
                            t.kind(),
                            t.colour(),
                            t.material(),
                            names(t.names()),
                            shape(t.parts()),
                            t.size(),
                            t.mass(),
                            t.inner().map(i -> new Catalogue.Container(i.centre(), i.size())),
                            t.top()
                                    .map(f ->
                                            new Catalogue.Surface(
                                                    f.centre().z(), f.sizeX(), f.sizeY())),
                            true,
                            false));
        }
        for (Layout.Person p : layout.people()) {
            entries.put(
                    p.id(),
                    new Catalogue.Entry(
                            p.id(),
                            "person",
                            "",
                            "",
                            names(p.names()),
                            shape(p.parts()),
                            p.size(),
                            70,
                            Optional.of(
                                    new Catalogue.Container(p.hand().centre(), p.hand().size())),
                            Optional.empty(),
                            false,
                            true));
        }
        return new Catalogue(entries);
    }

    private static Names names(Layout.Names n) {
        return new Names(n.en(), n.zh());
    }

    private static Shape shape(List<Layout.Part> parts) {
        List<Shape.Part> out = new ArrayList<>();
        for (Layout.Part p : parts) {
            Shape s =
                    switch (p.solid()) {
                        case BOX -> new Shape.Box(p.size());
                        case ELLIPSOID -> new Shape.Ellipsoid(p.size());
                        case CYLINDER -> new Shape.Cylinder(p.size().x(), p.size().y());
                        case SPHERE -> new Shape.Sphere(p.size().x());
                    };
            if (parts.size() == 1 && p.pose().p().norm() < 1e-9) {
                return s;
            }
            out.add(new Shape.Part(s, p.pose()));
        }
        return new Shape.Compound(List.copyOf(out));
    }
}
