// A weekly meeting keeps its hour when the clocks go back.
import { Todo } from "libtodo";

const todo = await Todo.create();
todo.editSettings({ zone: "Europe/Paris" });
const meeting = todo.create({
  title: "Weekly meeting",
  due: "2026-10-19T09:00:00[Europe/Paris]",
  recurrence: { rules: ["FREQ=WEEKLY"] },
  tags: ["work"],
});
todo.create({ title: "Book a room", due: "2026-10-18", priority: "high" });

todo.complete(meeting.id);
for (const { title, due } of todo.query("is:open", { sort: "due" })) {
  console.log(`${due}  ${title}`);
}

const [before, after] = todo.instants(["2026-10-19T09:00:00", "2026-10-26T09:00:00"]);
console.log(`09:00 in Paris is ${before} before the change and ${after} after it`);

todo.undo();
console.log(`undone: ${todo.get(meeting.id).status}`);
todo.dispose();
