// Rows that are on their way, as high as those that will come.
const rows = [1, 2, 3, 4, 5, 6, 7];

export function Skeleton() {
  return (
    <>
      <div aria-hidden="true">
        {rows.map((row) => (
          <div className="sk-row" key={row}>
            <span className="sk sk-ring" />
            <div>
              <span className="sk" />
              <span className="sk" />
            </div>
          </div>
        ))}
      </div>
      <p className="vh">Loading tasks</p>
    </>
  );
}
