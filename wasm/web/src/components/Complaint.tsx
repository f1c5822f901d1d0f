export function Complaint({ says }: { says: string }) {
  return says ? (
    <p className="complaint" role="alert">
      {says}
    </p>
  ) : null;
}
