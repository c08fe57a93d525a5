import java.nio.file.Path;
import org.openkaiwu.app.run.Run;
import org.openkaiwu.app.run.RunListener;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;

/** One sentence for one body in one scene; physics says whether the cube is in the tray. */
void main() {
    RunRequest request = new RunRequest("so101", "tabletop", "把红色方块放进托盘", 1);
    RunReport report = Run.of(Path.of("."), request, RunListener.NONE);
    IO.println(report.outcome() + " " + report.truth().objects().get("red_cube").in());
}
